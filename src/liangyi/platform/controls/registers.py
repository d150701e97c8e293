"""How records prove themselves whose rows carry no moment of their own."""

from __future__ import annotations

from django.db.models import Q

from liangyi.platform.controls.proofs import Kept


def entered(subject_type: str, table: str) -> Kept:
    """Every entry and change of a table, from its history; for the group as a whole."""
    return Kept(subject_type, "audit.History", moment="at", where=Q(table=table), subject_id="row_id")
