"""Free times, lists and boards: what they show, and in how many statements."""

from __future__ import annotations

from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from liangyi_test_clinic import MONDAY, SETUP, local, open_clinic, recorded

from liangyi.domains.scheduling import queries, services
from liangyi.domains.staff.models import Credential
from liangyi.platform.access.models import Site
from liangyi.platform.controls.models import ParameterValue
from liangyi.platform.controls.queries import parameter
from liangyi.platform.errors import Invalid, Missing
from liangyi.platform.worklist.models import WorkItem

TUESDAY = MONDAY + timedelta(days=1)


def slots(clinic, actor, at, first=TUESDAY, last=TUESDAY, service=None, **more):
    wanted = {"site": clinic.site.id, "service": (service or clinic.service).id}
    return queries.free_slots(actor, at=at, first=first, last=last, **wanted, **more)


def starts(found):
    return [f"{slot.start:%H:%M}" for slot in found]


def test_free_day_is_the_rota_on_the_grid(clinic, receptionist, at):
    found = starts(slots(clinic, receptionist, at))
    assert (found[0], found[1], found[-1], len(found)) == ("09:00", "09:15", "16:30", 31)


def test_today_begins_now(clinic, receptionist, at):
    assert starts(slots(clinic, receptionist, at, MONDAY, MONDAY))[0] == "09:30"


def test_booked_time_is_gone_with_buffers_of_the_room(clinic, receptionist, at):
    service = clinic.add_service(prepare_minutes=15, clean_minutes=15)
    services.book_appointment(actor=receptionist, at=at, **clinic.booking())
    assert "09:45" not in starts(slots(clinic, receptionist, at))
    found = starts(slots(clinic, receptionist, at, service=service))
    assert "09:15" in found
    assert not {"09:30", "09:45", "10:00", "10:15", "10:30"} & set(found)
    assert "10:45" in found


@pytest.mark.parametrize("hidden", ["closed", "licence", "leave", "calibration"])
def test_what_booking_would_refuse_is_not_offered(clinic, receptionist, director, at, hidden):
    service = clinic.add_service(device_model=clinic.add_device(due=date(2026, 11, 23)))
    if hidden == "closed":
        clinic.close_on(TUESDAY)
    if hidden == "licence":
        with recorded(SETUP):
            Credential.objects.update(valid_to=MONDAY)
    if hidden == "leave":
        services.add_leave(
            actor=director,
            at=at,
            staff=clinic.doctor.id,
            starts_at=local(TUESDAY, "00:00"),
            ends_at=local(TUESDAY, "23:59"),
            reason="病假",
        )
    wanted = service if hidden == "calibration" else clinic.service
    assert slots(clinic, receptionist, at, service=wanted) == []


def test_every_free_time_can_be_booked(clinic, receptionist, at):
    clinic.add_doctor("陈医生")
    service = clinic.add_service(duration_minutes=120, clean_minutes=15)
    while found := slots(clinic, receptionist, at, service=service):
        slot = found[0]
        services.book_appointment(
            actor=receptionist,
            at=at,
            **clinic.booking(
                service=service.id, practitioner=slot.practitioner, start=slot.start, room=slot.room
            ),
        )


def test_policy_sets_grid_and_reminder_by_site(clinic, receptionist, other_site, at):
    values = (("scheduling.site_open", "grid_minutes", 60), ("scheduling.reminded", "hours", 2))
    with recorded(SETUP):
        for control, name, value in values:
            for site, shown in ((None, 30), (clinic.site, value), (other_site, 5)):
                ParameterValue.objects.create(
                    control=control, parameter=name, site=site, value=shown, effective_from=MONDAY
                )
    assert starts(slots(clinic, receptionist, at))[:2] == ["09:00", "10:00"]
    booked = services.book_appointment(actor=receptionist, at=at, **clinic.booking())
    due = WorkItem.objects.get(subject_id=booked.id).due_at
    assert due == booked.starts_at - timedelta(hours=2)
    assert parameter("scheduling.reminded", "hours", clinic.site.id, TUESDAY) == 2


def test_days_are_at_most_thirty_one_and_in_order(clinic, receptionist, at):
    assert slots(clinic, receptionist, at, MONDAY, MONDAY + timedelta(days=30))
    for first, last in ((MONDAY, MONDAY + timedelta(days=31)), (TUESDAY, MONDAY), (MONDAY, date.max)):
        with pytest.raises(Invalid):
            slots(clinic, receptionist, at, first, last)


def test_service_not_offered_here_is_missing(clinic, receptionist, at):
    service = clinic.add_service()
    with recorded(SETUP):
        service.offers.all().delete()
    with pytest.raises(Missing):
        slots(clinic, receptionist, at, service=service)


def test_site_in_another_zone_keeps_its_own_clock(db, setup_actor, at):
    with recorded(SETUP):
        site = Site.objects.create(name="巴黎诊所", time_zone="Europe/Paris")
    clinic, paris = open_clinic(site), ZoneInfo("Europe/Paris")
    change = date(2027, 3, 27)
    found = slots(clinic, setup_actor, at, change, change + timedelta(days=2))
    assert found[0].start == local(change, "09:00", paris)
    monday = [slot for slot in found if slot.start.date() == change + timedelta(days=2)]
    assert monday[0].start == local(change + timedelta(days=2), "09:00", paris)
    booked = services.book_appointment(actor=setup_actor, at=at, **clinic.booking(start=monday[0].start))
    rows = queries.appointments_for_day(setup_actor, site=site.id, day=change + timedelta(days=2))
    assert [row.id for row in rows] == [booked.id]


@pytest.mark.parametrize("days", [1, 31])
def test_free_slots_take_two_statements(clinic, receptionist, at, days, django_assert_num_queries):
    clinic.add_doctor("陈医生")
    services.book_appointment(actor=receptionist, at=at, **clinic.booking())
    with django_assert_num_queries(2):
        slots(clinic, receptionist, at, MONDAY, MONDAY + timedelta(days=days - 1))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("consents", [("privacy", "messages"), ("privacy",)])
def test_booking_takes_few_statements(clinic, receptionist, at, consents):
    """With authentication and the answer (2) the request stays below 15; BEGIN and COMMIT are not counted."""
    patient = clinic.add_patient("钱二", consents=consents, email="q@example.com")
    with CaptureQueriesContext(connection) as seen:
        services.book_appointment(actor=receptionist, at=at, **clinic.booking(patient=patient.id))
    assert len([q for q in seen if q["sql"] not in ("BEGIN", "COMMIT")]) == 8


@pytest.mark.parametrize("count", [1, 3])
def test_lists_and_boards_at_one_number_of_statements(
    clinic, receptionist, at, count, django_assert_num_queries
):
    for n in range(count):
        booked = services.book_appointment(
            actor=receptionist, at=at, **clinic.booking(start=local(TUESDAY, f"1{n}:00"))
        )
        services.check_in(actor=receptionist, at=local(TUESDAY, "09:00"), appointment=booked.id)
    day = {"site": clinic.site.id, "day": TUESDAY}
    with django_assert_num_queries(1):
        assert len(queries.appointments_for_day(receptionist, **day)) == count
    with django_assert_num_queries(1):
        assert len(queries.queue_for(receptionist, **day)) == count
    with django_assert_num_queries(1):
        assert len(queries.appointments_for_patient(receptionist, clinic.patient.id)) == count
    with django_assert_num_queries(1):
        assert queries.counts_for_day(receptionist, **day)["arrived"] == count
    for by in ("practitioner", "room"):
        with django_assert_num_queries(2):
            (column,) = queries.day_board(receptionist, by=by, **day).columns
        assert len(column.rows) == count


def test_day_list_pages_by_key(clinic, receptionist, at):
    for clock in ("09:00", "10:00", "11:00"):
        services.book_appointment(actor=receptionist, at=at, **clinic.booking(start=local(TUESDAY, clock)))
    day = {"site": clinic.site.id, "day": TUESDAY, "limit": 2}
    first = queries.appointments_for_day(receptionist, **day)
    rest = queries.appointments_for_day(receptionist, after=first[-1].id, **day)
    assert [f"{row.starts_at:%H}" for row in (*first, *rest)] == ["01", "02", "03"]


def test_outsider_sees_nothing(clinic, receptionist, outsider, at):
    booked = services.book_appointment(actor=receptionist, at=at, **clinic.booking())
    with pytest.raises(Missing):
        queries.appointment_for(outsider, booked.id)
    for read in (queries.appointments_for_day, queries.day_board, queries.queue_for, queries.counts_for_day):
        with pytest.raises(Missing):
            read(outsider, site=clinic.site.id, day=TUESDAY)
    with pytest.raises(Missing):
        slots(clinic, outsider, at)
    assert queries.appointments_for_patient(outsider, clinic.patient.id) == []


def test_board_shows_hours_leave_and_closing(clinic, receptionist, director, at):
    services.add_leave(
        actor=director,
        at=at,
        staff=clinic.doctor.id,
        starts_at=local(TUESDAY, "12:00"),
        ends_at=local(TUESDAY, "13:00"),
        reason="学习",
    )
    board = queries.day_board(receptionist, site=clinic.site.id, day=TUESDAY)
    (column,) = board.columns
    assert (board.opens, board.closes) == (local(TUESDAY, "08:00"), local(TUESDAY, "18:00"))
    assert column.works == ((local(TUESDAY, "09:00"), local(TUESDAY, "17:00")),)
    assert column.away == ((local(TUESDAY, "12:00"), local(TUESDAY, "13:00")),)
    clinic.close_on(TUESDAY)
    assert queries.day_board(receptionist, site=clinic.site.id, day=TUESDAY).closing_reason == "装修"
