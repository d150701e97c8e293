"""Public disclosure, adverts, campaigns, education."""
