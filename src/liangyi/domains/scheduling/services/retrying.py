"""Trying again what lost a race, and what the database ended to undo a deadlock."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from django.db import OperationalError, connection
from django.utils.translation import gettext_lazy as _

from liangyi.domains.scheduling.errors import ResourceLost, SlotTaken

T = TypeVar("T")
ATTEMPTS = 20
_RETRIED = frozenset({"40P01", "40001"})
"""deadlock_detected, serialization_failure"""


def settled(work: Callable[[], T]) -> T:
    """The result of `work`, which is one transaction and reads anew each time it runs.

    Raises SlotTaken when a resource was lost in every attempt. Inside another transaction there is one
    attempt only: that transaction is no longer usable.
    """
    for _attempt in range(ATTEMPTS):
        try:
            return work()
        except ResourceLost:
            if connection.needs_rollback:
                break
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", "") not in _RETRIED or connection.in_atomic_block:
                raise
    raise SlotTaken(_("这个时间刚被约走"))
