"""Prescription review, dispensing, controlled drugs."""
