"""Pure decisions of scheduling: the ladder, days, rota, free times."""
