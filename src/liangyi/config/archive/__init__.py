"""Backup and restore: a folder with the database, the files, and a manifest that proves both."""
