"""Surveys, complaints, disputes, communication with patients."""
