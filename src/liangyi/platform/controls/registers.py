"""How records prove themselves whose rows carry no moment of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import Q

from liangyi.platform.controls.proofs import Kept

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def entered(
    subject_type: str,
    table: str,
    *,
    what: StrOrPromise = "",
    subject_id: str = "row_id",
    where: Q | None = None,
) -> Kept:
    """Every entry and change of a table (those in `where`), from its history; for the group as a whole.

    `subject_id` is the row itself, or what its history says it belongs to: "new__patient_id".
    """
    rows = Q(table=table) if where is None else Q(table=table) & where
    return Kept(subject_type, "audit.History", moment="at", where=rows, subject_id=subject_id, what=what)
