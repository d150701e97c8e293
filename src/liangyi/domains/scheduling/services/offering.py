"""A booking that fails says what else can be had."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from django.db import connection

from liangyi.domains.scheduling.errors import SlotTaken, SlotUnavailable
from liangyi.domains.scheduling.queries.slots import alternatives


@contextmanager
def offering(
    site: UUID,
    service: UUID,
    practitioner: UUID,
    start: datetime,
    at: datetime,
    *,
    without: UUID | None = None,
) -> Iterator[None]:
    """Give SlotTaken and SlotUnavailable the nearest alternatives, read after the rollback."""
    try:
        yield
    except (SlotTaken, SlotUnavailable) as error:
        if not connection.needs_rollback:
            found = alternatives(site, service, practitioner, start, at, without=without)
            error.data["alternatives"] = [slot.as_dict() for slot in found]
        raise
