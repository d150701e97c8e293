"""The embedded PostgreSQL: where it stands, and how it is started and stopped."""
