"""Every write of scheduling."""

from __future__ import annotations

from liangyi.domains.scheduling.services.arriving import check_in
from liangyi.domains.scheduling.services.booking import book_appointment, walk_in
from liangyi.domains.scheduling.services.closing import ClosedDay, close_day, close_days_past
from liangyi.domains.scheduling.services.moving import cancel_appointment, reschedule_appointment
from liangyi.domains.scheduling.services.planning import (
    LeaveChange,
    RotaChange,
    add_leave,
    end_leave,
    end_rota,
    set_day,
    set_rota,
)
from liangyi.domains.scheduling.services.rebooking import review_all
from liangyi.domains.scheduling.services.recording import record_past_visit
from liangyi.domains.scheduling.services.visiting import (
    call_in,
    finish_visit,
    mark_no_show,
    recall,
    start_visit,
    undo_no_show,
)

__all__ = [
    "ClosedDay",
    "LeaveChange",
    "RotaChange",
    "add_leave",
    "book_appointment",
    "call_in",
    "cancel_appointment",
    "check_in",
    "close_day",
    "close_days_past",
    "end_leave",
    "end_rota",
    "finish_visit",
    "mark_no_show",
    "recall",
    "record_past_visit",
    "reschedule_appointment",
    "review_all",
    "set_day",
    "set_rota",
    "start_visit",
    "undo_no_show",
    "walk_in",
]
