"""Assessment, consent, theatre, safety checks, recovery."""
