"""Writing a new appointment with its first step, in one prepared statement: it is what a booking repeats."""

from __future__ import annotations

from uuid import UUID

from liangyi.domains.scheduling.enums import AppointmentStatus
from liangyi.domains.scheduling.errors import ResourceLost
from liangyi.domains.scheduling.models import Appointment
from liangyi.platform.ids import new_id
from liangyi.platform.statements import rows_of

_FIELDS = [field.attname for field in Appointment._meta.concrete_fields]

_INSERT = f"""
WITH written AS (
  INSERT INTO scheduling_appointment ({", ".join(_FIELDS)}) VALUES ({", ".join(["%s"] * len(_FIELDS))})
  ON CONFLICT DO NOTHING RETURNING id)
INSERT INTO scheduling_statuschange (id, appointment_id, from_status, to_status, at, by_id, reason)
SELECT %s, id, '', %s, %s, %s, '' FROM written RETURNING id"""  # noqa: S608 put together from constants


def insert_booked(appointment: Appointment, account: UUID | None) -> None:
    """Write it as booked now. Raises ResourceLost where its idempotency key has been used meanwhile."""
    values = [getattr(appointment, name) for name in _FIELDS]
    step = [new_id(), AppointmentStatus.BOOKED.value, appointment.booked_at, account]
    if not rows_of(_INSERT, [*values, *step]):
        raise ResourceLost()
    appointment._state.adding = False
    appointment._state.db = "default"
