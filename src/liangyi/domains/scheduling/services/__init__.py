"""Every write of scheduling."""

from __future__ import annotations

from liangyi.domains.scheduling.services.arriving import check_in
from liangyi.domains.scheduling.services.booking import book_appointment, walk_in
from liangyi.domains.scheduling.services.moving import cancel_appointment, reschedule_appointment
from liangyi.domains.scheduling.services.visiting import (
    call_in,
    finish_visit,
    mark_no_show,
    recall,
    start_visit,
    undo_no_show,
)

__all__ = [
    "book_appointment",
    "call_in",
    "cancel_appointment",
    "check_in",
    "finish_visit",
    "mark_no_show",
    "recall",
    "reschedule_appointment",
    "start_visit",
    "undo_no_show",
    "walk_in",
]
