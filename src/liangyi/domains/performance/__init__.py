"""Appraisal, rewards, accountability."""
