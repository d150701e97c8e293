"""Is a piece of equipment fit for use on a day? No database."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from uuid import UUID


@dataclass(frozen=True)
class EquipmentFacts:
    """A piece in use. `calibration_due` is None for a piece that was never calibrated."""

    id: UUID
    name: str
    serial: str
    model_id: UUID
    model_name: str
    room_id: UUID | None
    needs_calibration: bool
    calibration_due: date | None

    def is_calibrated(self, on: date) -> bool:
        """No use when overdue (强制检定): the due day itself is the last good one."""
        return is_calibrated(
            needs_calibration=self.needs_calibration, calibration_due=self.calibration_due, on=on
        )


def is_calibrated(*, needs_calibration: bool, calibration_due: date | None, on: date) -> bool:
    """Whether calibration is not overdue on a day; a piece that needs it and never had it is overdue."""
    if calibration_due is None:
        return not needs_calibration
    return on <= calibration_due


def add_months(day: date, months: int) -> date:
    """The same day `months` later, or that month's last day where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
