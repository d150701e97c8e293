"""Reading a policy, purely: a text as somebody pasted it becomes clauses.

`cleaning` takes away what is not the policy, `cutting` cuts the rest at its numbering, titles and
sentences, `kinds` says what each clause is, `numbering` where it stands. Every character of the cleaned
text belongs to exactly one clause.
"""

from __future__ import annotations

from liangyi.domains.governance.rules.reading.cleaning import clean
from liangyi.domains.governance.rules.reading.cutting import cut
from liangyi.domains.governance.rules.reading.pieces import Kind, ReadClause, Reading

__all__ = ["Kind", "ReadClause", "Reading", "clean", "cut", "read"]


def read(raw: str) -> Reading:
    """Clean and cut one policy."""
    cleaned = clean(raw)
    return Reading(cleaned, tuple(cut(cleaned)))
