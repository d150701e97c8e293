"""Every read of scheduling."""

from __future__ import annotations

from liangyi.domains.scheduling.queries.appointments import (
    Row,
    appointment_for,
    appointment_row,
    appointments_for_day,
    appointments_for_patient,
    counts_for_day,
    queue_for,
)
from liangyi.domains.scheduling.queries.boards import Column, DayBoard, day_board
from liangyi.domains.scheduling.queries.plans import (
    changes_of,
    closings_for,
    late_records_for,
    leave_for,
    rota_for,
)
from liangyi.domains.scheduling.queries.reminders import reminder_due
from liangyi.domains.scheduling.queries.slots import FreeSlot, alternatives, free_slots
from liangyi.domains.scheduling.queries.standing import Rebooking, appointments_to_rebook, rebookings

__all__ = [
    "Column",
    "DayBoard",
    "FreeSlot",
    "Rebooking",
    "Row",
    "alternatives",
    "appointment_for",
    "appointment_row",
    "appointments_for_day",
    "appointments_for_patient",
    "appointments_to_rebook",
    "changes_of",
    "closings_for",
    "counts_for_day",
    "day_board",
    "free_slots",
    "late_records_for",
    "leave_for",
    "queue_for",
    "rebookings",
    "reminder_due",
    "rota_for",
]
