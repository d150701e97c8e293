"""Instructions, checks and calls after a treatment, complications, outcomes."""
