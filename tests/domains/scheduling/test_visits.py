"""From arrival to the end of the visit, and those who do not come."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from liangyi_test_clinic import MONDAY, SETUP, local, recorded

from liangyi.domains.scheduling import queries, services
from liangyi.domains.scheduling.errors import NotToday, SlotTaken, TooEarly, WrongStatus
from liangyi.domains.scheduling.models import Appointment, DayClosing, Reservation, StatusChange
from liangyi.domains.staff.models import Credential
from liangyi.platform.errors import Denied, Invalid, Missing, Refused
from liangyi.platform.worklist.models import WorkItem

TUESDAY = MONDAY + timedelta(days=1)


@pytest.fixture
def booked(clinic, receptionist, at):
    """Tomorrow at ten."""
    return services.book_appointment(actor=receptionist, at=at, **clinic.booking())


def arrive(actor, appointment, clock="09:50", **more):
    return services.check_in(actor=actor, at=local(TUESDAY, clock), appointment=appointment.id, **more)


def test_the_whole_way_is_timed(booked, receptionist, surgeon):
    arrive(receptionist, booked)
    services.call_in(actor=surgeon, at=local(TUESDAY, "10:05"), appointment=booked.id)
    services.recall(actor=surgeon, at=local(TUESDAY, "10:07"), appointment=booked.id)
    services.start_visit(actor=surgeon, at=local(TUESDAY, "10:10"), appointment=booked.id)
    done = services.finish_visit(actor=surgeon, at=local(TUESDAY, "10:40"), appointment=booked.id)
    steps = StatusChange.objects.filter(appointment=booked).order_by("at").values_list("to_status", flat=True)
    assert list(steps) == ["booked", "arrived", "called", "called", "in_progress", "finished"]
    assert done.called_at == local(TUESDAY, "10:05")
    assert done.finished_at == local(TUESDAY, "10:40")


@pytest.mark.parametrize(
    ("over", "held"), [("10:20", ["02:20", "02:20", "02:30"]), ("10:45", ["02:30", "02:30", "02:40"])]
)
def test_finishing_early_frees_the_rest(clinic, receptionist, surgeon, at, over, held):
    service = clinic.add_service(clean_minutes=10)
    booked = services.book_appointment(actor=receptionist, at=at, **clinic.booking(service=service.id))
    arrive(receptionist, booked)
    services.start_visit(actor=surgeon, at=local(TUESDAY, "10:00"), appointment=booked.id)
    services.finish_visit(actor=surgeon, at=local(TUESDAY, over), appointment=booked.id)
    ends = sorted(f"{r.during.upper:%H:%M}" for r in Reservation.objects.filter(appointment=booked))
    assert ends == held


def test_tickets_count_up_by_day(clinic, booked, receptionist, at):
    other = services.book_appointment(
        actor=receptionist, at=at, **clinic.booking(start=local(TUESDAY, "11:00"))
    )
    assert arrive(receptionist, other).ticket == "A001"
    assert arrive(receptionist, booked).ticket == "A002"


def test_arrival_cancels_the_call_that_was_to_remind(booked, receptionist):
    arrive(receptionist, booked)
    assert not WorkItem.objects.filter(subject_id=booked.id, cancelled_at=None).exists()


def test_arrival_on_another_day_is_refused(booked, receptionist):
    with pytest.raises(NotToday):
        services.check_in(actor=receptionist, at=local(MONDAY, "10:00"), appointment=booked.id)


def test_arrival_asks_for_consent_again(clinic, booked, receptionist):
    with recorded(SETUP):
        clinic.patient.consents.update(withdrawn_at=local(MONDAY, "12:00"))
    with pytest.raises(Refused) as refused:
        arrive(receptionist, booked)
    assert [r.control for r in refused.value.refusals] == ["scheduling.privacy_consent"]
    booked.refresh_from_db()
    assert booked.status == "booked"


def test_arrival_written_down_afterwards_needs_a_reason_and_no_gate(clinic, booked, receptionist):
    with recorded(SETUP):
        clinic.patient.consents.update(withdrawn_at=local(MONDAY, "12:00"))
    happened = local(TUESDAY, "09:55")
    with pytest.raises(Invalid):
        arrive(receptionist, booked, "12:00", happened_at=happened)
    arrived = arrive(receptionist, booked, "12:00", happened_at=happened, reason="停电")
    change = StatusChange.objects.get(appointment=booked, to_status="arrived")
    assert arrived.arrived_at == change.at == happened
    assert change.recorded_at == local(TUESDAY, "12:00")


def test_start_asks_for_the_licence_again(booked, receptionist, surgeon):
    arrive(receptionist, booked)
    with recorded(SETUP):
        Credential.objects.update(revoked_on=TUESDAY)
    with pytest.raises(Refused) as refused:
        services.start_visit(actor=surgeon, at=local(TUESDAY, "10:10"), appointment=booked.id)
    assert [r.control for r in refused.value.refusals] == ["scheduling.practitioner_licensed"]


@pytest.mark.parametrize("step", [services.start_visit, services.finish_visit, services.call_in])
def test_steps_out_of_order_are_conflicts(booked, surgeon, step):
    with pytest.raises(WrongStatus):
        step(actor=surgeon, at=local(TUESDAY, "10:00"), appointment=booked.id)


def test_outsider_and_surgeon_cannot_receive(booked, outsider, surgeon):
    with pytest.raises(Missing):
        arrive(outsider, booked)
    with pytest.raises(Denied):
        arrive(surgeon, booked)
    booked.refresh_from_db()
    assert booked.status == "booked"


def test_walk_in_is_booked_and_received_at_once(clinic, receptionist):
    order = clinic.booking()
    del order["start"]
    came = services.walk_in(actor=receptionist, at=local(TUESDAY, "10:07"), **order)
    assert (came.status, came.ticket, came.is_walk_in) == ("arrived", "A001", True)
    assert came.starts_at == local(TUESDAY, "10:07")
    assert Reservation.objects.filter(appointment=came).count() == 3


def test_walk_in_waits_for_a_time_later_today(clinic, booked, receptionist):
    order = clinic.booking(patient=clinic.add_patient("急").id) | {"start": None}
    now = {"actor": receptionist, "at": local(TUESDAY, "10:07")}
    with pytest.raises(SlotTaken) as taken:
        services.walk_in(**now, **order)
    later = datetime.fromisoformat(taken.value.data["alternatives"][0]["start"])
    came = services.walk_in(**now, **(order | {"start": later}))
    assert (came.status, came.starts_at) == ("arrived", local(TUESDAY, "10:30"))
    for clock, day, error in (("09:00", TUESDAY, Invalid), ("11:00", TUESDAY + timedelta(days=1), NotToday)):
        with pytest.raises(error):
            services.walk_in(**now, **(order | {"start": local(day, clock)}))


def test_no_show_frees_what_was_held_and_can_be_taken_back(booked, receptionist):
    with pytest.raises(TooEarly):
        services.mark_no_show(actor=receptionist, at=local(TUESDAY, "09:59"), appointment=booked.id)
    services.mark_no_show(actor=receptionist, at=local(TUESDAY, "10:20"), appointment=booked.id)
    assert not Reservation.objects.filter(appointment=booked).exists()
    back = services.undo_no_show(
        actor=receptionist, at=local(TUESDAY, "10:25"), appointment=booked.id, reason="刚到"
    )
    assert back.status == "booked"
    assert Reservation.objects.filter(appointment=booked).count() == 3


def test_closing_the_day_marks_no_shows_once(clinic, booked, receptionist, at):
    came = services.book_appointment(
        actor=receptionist, at=at, **clinic.booking(start=local(TUESDAY, "11:00"))
    )
    arrive(receptionist, came)
    evening = {"actor": receptionist, "at": local(TUESDAY, "18:00"), "site": clinic.site.id, "day": TUESDAY}
    assert [a.id for a in services.close_day(**evening).missed] == [booked.id]
    assert services.close_day(**evening).missed == []
    assert DayClosing.objects.get().no_shows == 1
    assert set(Appointment.objects.values_list("status", flat=True)) == {"arrived", "no_show"}


def test_days_past_are_closed_at_night(clinic, booked, setup_actor):
    services.close_days_past(actor=setup_actor, at=local(TUESDAY + timedelta(days=1), "00:20"))
    booked.refresh_from_db()
    assert booked.status == "no_show"


def test_past_visit_is_recorded_without_gates(clinic, receptionist):
    patient = clinic.add_patient("急诊", consents=())
    order = clinic.booking(patient=patient.id, start=local(MONDAY, "09:00"))
    done = services.record_past_visit(
        actor=receptionist, at=local(TUESDAY, "09:00"), end=local(MONDAY, "09:40"), reason="急诊", **order
    )
    assert done.status == "finished"
    assert queries.late_records_for(receptionist, since=local(MONDAY, "00:00")).count() == 2
