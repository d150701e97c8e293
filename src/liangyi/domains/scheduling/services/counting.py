"""Telling the measures which days to count again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from liangyi.platform.measures import services as measures

CODES = ("NOSHOW", "LEAD", "WAIT")


def count_again(site: UUID, days: Iterable[date], *, source: str = "") -> None:
    """The days' appointments have changed."""
    measures.mark_dirty(CODES, site, source, sorted(set(days)))
