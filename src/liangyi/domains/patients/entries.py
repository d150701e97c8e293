"""Moved to rules/entries.py."""

from __future__ import annotations

from liangyi.domains.patients.rules.entries import NewAllergy, NewGuardian, NewPaper, Pseudonym

__all__ = ["NewAllergy", "NewGuardian", "NewPaper", "Pseudonym"]
