"""Rota, leave and closing days, and what a change of them hits."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from liangyi_test_clinic import MONDAY, SETUP, local, recorded

from liangyi.domains.organisation.events import ClosingDayAdded, ClosingDayRemoved, RoomLanesChanged
from liangyi.domains.scheduling import queries, services
from liangyi.domains.scheduling.models import RotaRule
from liangyi.platform import events
from liangyi.platform.errors import Conflict, Denied, Invalid, Missing
from liangyi.platform.worklist.models import WorkItem

TUESDAY = MONDAY + timedelta(days=1)
MORNING = [(time(9), time(12))]


@pytest.fixture
def booked(clinic, receptionist, at):
    """Tomorrow at ten."""
    return services.book_appointment(actor=receptionist, at=at, **clinic.booking())


def open_rebookings():
    items = WorkItem.objects.filter(kind="scheduling.rebook", done_at=None, cancelled_at=None)
    return set(items.values_list("subject_id", flat=True))


def test_leave_hits_and_its_end_frees(clinic, booked, director, receptionist, at):
    change = services.add_leave(
        actor=director,
        at=at,
        staff=clinic.doctor.id,
        starts_at=local(TUESDAY, "00:00"),
        ends_at=local(TUESDAY, "23:00"),
        reason="病假",
    )
    assert [a.id for a in change.hit] == [booked.id]
    assert open_rebookings() == {booked.id}
    assert queries.appointments_to_rebook(receptionist, site=clinic.site.id, at=at) == [booked]
    services.end_leave(actor=director, at=at, leave=change.leave.id)
    assert open_rebookings() == set()


def test_rebooking_finishes_the_work(clinic, booked, director, receptionist, at):
    services.end_rota(actor=director, at=at, staff=clinic.doctor.id, site=clinic.site.id, last_day=MONDAY)
    other = clinic.add_doctor("陈医生")
    services.reschedule_appointment(
        actor=receptionist,
        at=at,
        appointment=booked.id,
        start=booked.starts_at,
        practitioner=other.id,
        reason="停诊",
    )
    assert WorkItem.objects.get(kind="scheduling.rebook").done_at == at


def test_closing_day_hits_and_its_removal_frees(clinic, booked, at):
    closing = clinic.close_on(TUESDAY)
    with recorded(SETUP):
        events.publish(ClosingDayAdded(clinic.site.id, TUESDAY, "装修", at))
        assert open_rebookings() == {booked.id}
        closing.delete()
        events.publish(ClosingDayRemoved(clinic.site.id, TUESDAY, at))
    assert open_rebookings() == set()


def test_room_with_fewer_lanes_hits_who_has_none(clinic, booked, receptionist, at):
    with recorded(SETUP):
        clinic.room.lanes = 2
        clinic.room.save()
    order = clinic.booking(practitioner=clinic.add_doctor("陈医生").id, patient=clinic.add_patient("吴双").id)
    second = services.book_appointment(actor=receptionist, at=at, **order)
    with recorded(SETUP):
        clinic.room.lanes = 1
        clinic.room.save()
        events.publish(RoomLanesChanged(clinic.room.id, clinic.site.id, 2, 1, at))
    assert open_rebookings() == {second.id}


def test_set_rota_replaces_from_a_day_on(clinic, booked, director, at):
    week = {weekday: [(time(13), time(17))] for weekday in range(1, 6)}
    change = services.set_rota(
        actor=director, at=at, staff=clinic.doctor.id, site=clinic.site.id, weekly=week, valid_from=TUESDAY
    )
    assert len(change.rules) == 5
    assert [a.id for a in change.hit] == [booked.id]
    former = RotaRule.objects.filter(staff=clinic.doctor, starts=time(9))
    assert {rule.valid_to for rule in former} == {MONDAY}


def test_single_day_replaces_the_week_and_back(clinic, director, receptionist, at):
    where = {"staff": clinic.doctor.id, "site": clinic.site.id, "day": TUESDAY}
    services.set_day(actor=director, at=at, hours=MORNING, **where)
    wanted = {"site": clinic.site.id, "service": clinic.service.id, "first": TUESDAY, "last": TUESDAY}
    slots = queries.free_slots(receptionist, at=at, **wanted)
    assert (slots[0].start, slots[-1].end) == (local(TUESDAY, "09:00"), local(TUESDAY, "12:00"))
    services.set_day(actor=director, at=at, hours=[], **where)
    assert queries.free_slots(receptionist, at=at, **wanted)[-1].end == local(TUESDAY, "17:00")


@pytest.mark.parametrize(
    "weekly", [{8: MORNING}, {1: [(time(12), time(9))]}, {1: [(time(9), time(12)), (time(11), time(13))]}]
)
def test_impossible_hours_are_invalid(clinic, director, at, weekly):
    with pytest.raises(Invalid):
        services.set_rota(
            actor=director,
            at=at,
            staff=clinic.doctor.id,
            site=clinic.site.id,
            weekly=weekly,
            valid_from=MONDAY,
        )
    assert RotaRule.objects.filter(valid_to=None).count() == 6


def test_receptionist_and_outsider_do_not_plan(clinic, receptionist, outsider, at):
    leave = {
        "at": at,
        "staff": clinic.doctor.id,
        "starts_at": local(TUESDAY, "09:00"),
        "ends_at": local(TUESDAY, "10:00"),
        "reason": "x",
    }
    with pytest.raises(Denied):
        services.add_leave(actor=receptionist, **leave)
    with pytest.raises((Denied, Missing)):
        services.add_leave(actor=outsider, **leave)
    assert not clinic.doctor.leave.exists()


def test_leave_ends_once(clinic, director, at):
    leave = services.add_leave(
        actor=director,
        at=at,
        staff=clinic.doctor.id,
        starts_at=local(MONDAY, "09:00"),
        ends_at=local(TUESDAY, "10:00"),
        reason="年假",
    ).leave
    services.end_leave(actor=director, at=at, leave=leave.id)
    with pytest.raises(Conflict):
        services.end_leave(actor=director, at=at, leave=leave.id)
