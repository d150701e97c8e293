"""The demo clinic: two sites with people, services and a believable history, made by the domains' services."""
