"""The demo clinic: two sites with people, services and a believable history."""
