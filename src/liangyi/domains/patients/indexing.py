"""Moved to rules/indexing.py."""

from __future__ import annotations

from liangyi.domains.patients.rules.indexing import person_tokens

__all__ = ["person_tokens"]
