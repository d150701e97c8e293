"""How a register shows that it is kept up where its rows carry no moment of their own."""

from __future__ import annotations

from django.db.models import Q

from liangyi.platform.controls.proofs import Kept


def entered(subject_type: str, table: str) -> Kept:
    """Every entry and change of a register, from the history of its table; for the group as a whole."""
    return Kept(subject_type, "audit.History", moment="at", where=Q(table=table), subject_id="row_id")
