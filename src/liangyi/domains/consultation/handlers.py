"""A booking made from an enquiry ends it."""

from __future__ import annotations

from liangyi.domains.consultation.services import close_by_booking
from liangyi.domains.consultation.subjects import ENQUIRY
from liangyi.domains.scheduling.events import AppointmentBooked
from liangyi.platform.actors import system
from liangyi.platform.events import subscribe


def close_enquiry_of(event: AppointmentBooked) -> None:
    """In the transaction of the booking: an enquiry that is closed already undoes it."""
    if event.origin_type == ENQUIRY and event.origin_id is not None:
        close_by_booking(
            actor=system("event:booked"),
            at=event.at,
            enquiry=event.origin_id,
            appointment=event.appointment,
            patient=event.patient,
        )


subscribe(AppointmentBooked, close_enquiry_of)
