"""What is found at night."""

from __future__ import annotations

from datetime import timedelta

from liangyi_test_clinic import MONDAY, SETUP, local, recorded

from liangyi.domains.scheduling import services
from liangyi.platform.controls.models import Breach
from liangyi.platform.controls.services import run_watches
from liangyi.platform.worklist.models import WorkItem

THURSDAY = MONDAY + timedelta(days=3)
NIGHT = local(THURSDAY - timedelta(days=1), "23:00")


def found(code, at):
    run_watches(at, codes=[code])
    return set(Breach.objects.filter(control=code, closed_at=None).values_list("subject_id", flat=True))


def test_appointment_that_nobody_will_be_reminded_of(clinic, receptionist, at):
    booked = services.book_appointment(
        actor=receptionist, at=at, **clinic.booking(start=local(THURSDAY, "10:00"))
    )
    assert found("scheduling.reminded", NIGHT) == set()
    with recorded(SETUP):
        WorkItem.objects.update(cancelled_at=at)
    assert found("scheduling.reminded", NIGHT) == {booked.id}


def test_appointment_booked_within_the_day_needs_no_reminder(clinic, receptionist, at):
    services.book_appointment(actor=receptionist, at=at, **clinic.booking(start=local(MONDAY, "15:00")))
    assert found("scheduling.reminded", at) == set()


def test_late_records_are_shown_for_a_week(clinic, receptionist):
    order = clinic.booking(start=local(MONDAY, "09:00"))
    at = local(MONDAY, "12:00")
    done = services.record_past_visit(
        actor=receptionist, at=at, end=local(MONDAY, "09:30"), reason="停电", **order
    )
    assert found("scheduling.recorded_late", at) == {done.id}
    assert found("scheduling.recorded_late", at + timedelta(days=8)) == set()
