"""Charts, plans, prescriptions, results; the quality and keeping of records."""
