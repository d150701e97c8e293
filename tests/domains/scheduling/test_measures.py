"""No-shows, leads and waits from a handful of appointments whose figures can be done by hand."""

from __future__ import annotations

from datetime import timedelta

import pytest
from liangyi_test_clinic import MONDAY, SETUP, local, recorded

from liangyi.domains.scheduling import services
from liangyi.domains.scheduling.measures import count_leads, count_no_shows, count_waits
from liangyi.domains.scheduling.models import Appointment
from liangyi.platform.measures.models import DirtyDay, MeasurePoint
from liangyi.platform.measures.services import recount_dirty

TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def past(clinic):
    """`past("no_show", clock="10:00", …)` is an appointment of Tuesday, as history has it."""

    def make(status, clock="10:00", **fields):
        start = fields.pop("starts_at", local(TUESDAY, clock))
        values = {
            "site": clinic.site,
            "patient": clinic.patient,
            "service": clinic.service,
            "practitioner": clinic.doctor,
            "room": clinic.room,
            "starts_at": start,
            "ends_at": start + timedelta(minutes=30),
            "booked_at": start - timedelta(days=7),
            "status": status,
        }
        with recorded(SETUP):
            return Appointment.objects.create(**(values | fields))

    return make


def points(count, clinic, source=""):
    return {p.day: (p.numerator, p.denominator) for p in count(clinic.site.id, source, MONDAY, TUESDAY)}


def test_no_shows_leave_out_what_was_cancelled_in_time(past, clinic):
    start = local(TUESDAY, "10:00")
    past("no_show")
    past("finished")
    past("cancelled", closed_at=start - timedelta(hours=24))
    past("cancelled", closed_at=start - timedelta(hours=23, minutes=59))
    past("booked")
    past("finished", is_walk_in=True)
    assert points(count_no_shows, clinic) == {TUESDAY: (1, 3)}


def test_no_shows_by_the_day_only(past, clinic):
    day = {"source": "x", "is_day_only": True, "starts_at": local(TUESDAY, "00:00")}
    past("no_show", outside_id="1", **day)
    past("cancelled", outside_id="2", closed_at=local(MONDAY, "23:00"), **day)
    past("cancelled", outside_id="3", closed_at=local(TUESDAY, "00:30"), **day)
    past("cancelled", outside_id="4", closed_at=local(TUESDAY, "00:30"), close_reason="moved", **day)
    assert points(count_no_shows, clinic, "x") == {TUESDAY: (1, 2)}
    assert points(count_no_shows, clinic) == {}


def test_leads_are_local_calendar_days(past, clinic):
    past("finished", clock="00:30", booked_at=local(MONDAY, "23:30"))
    past("cancelled", booked_at=local(TUESDAY, "00:10"))
    past("no_show", booked_at=local(MONDAY - timedelta(days=9), "12:00"))
    past("finished", booked_at=local(TUESDAY + timedelta(days=1), "09:00"))
    past("finished", booked_at=local(MONDAY, "12:00"), is_walk_in=True)
    assert points(count_leads, clinic) == {TUESDAY: (11, 3)}


def test_waits_run_from_the_later_of_arrival_and_appointment(past, clinic):
    def seen(arrived, called=None, started=None):
        times = {"arrived_at": arrived, "called_at": called, "started_at": started}
        past("finished", **{name: value and local(TUESDAY, value) for name, value in times.items()})

    seen("09:40", "10:05")
    seen("10:10", "10:30", "10:40")
    seen("09:40", "09:50")
    seen("09:50", None, "10:12")
    seen(None, "10:10")
    past("finished", arrived_at=local(TUESDAY, "09:00"), called_at=local(TUESDAY, "11:00"), is_day_only=True)
    assert points(count_waits, clinic) == {TUESDAY: ((5 + 20 + 0 + 12) * 60, 4)}


def test_services_mark_the_day_and_points_follow(clinic, receptionist, at):
    booked = services.book_appointment(actor=receptionist, at=at, **clinic.booking())
    assert set(DirtyDay.objects.values_list("code", "day")) == {
        (code, TUESDAY) for code in ("NOSHOW", "LEAD", "WAIT")
    }
    services.mark_no_show(actor=receptionist, at=local(TUESDAY, "11:00"), appointment=booked.id)
    recount_dirty(local(TUESDAY + timedelta(days=2), "09:00"))
    point = MeasurePoint.objects.get(code="NOSHOW")
    assert (point.numerator, point.denominator) == (1, 1)
