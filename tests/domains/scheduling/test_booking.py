"""Booking: what stands after it, and why it fails."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from liangyi.domains.scheduling import services
from liangyi.domains.scheduling.errors import KeyReused, SlotTaken, SlotUnavailable
from liangyi.domains.scheduling.models import Appointment, Reservation, StatusChange
from liangyi.platform.errors import Denied, Missing
from liangyi_test_clinic import MONDAY, local


def test_book_holds_practitioner_and_room(clinic, receptionist, at):
    booked = services.book_appointment(actor=receptionist, at=at, **clinic.booking())
    held = Reservation.objects.filter(appointment=booked)
    assert {r.kind: r.resource for r in held} == {"practitioner": clinic.doctor.id, "room": clinic.room.id}
    assert (booked.status, booked.price_cents, booked.booked_by_id) == ("booked", 120000, receptionist.id)
    assert StatusChange.objects.get(appointment=booked).to_status == "booked"
