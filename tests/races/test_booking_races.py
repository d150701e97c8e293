"""Many at once for the same thing: one gets it, the others are told so."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest
from django.db import connection
from liangyi_test_clinic import MONDAY, local

from liangyi.domains.scheduling import services
from liangyi.domains.scheduling.models import Appointment, Reservation

pytestmark = [pytest.mark.race, pytest.mark.django_db(transaction=True)]

THREADS = 50
ROUNDS = 20
TUESDAY = MONDAY + timedelta(days=1)


def booker(actor, at, order):
    return lambda: services.book_appointment(actor=actor, at=at, **order)


def overlapping() -> int:
    """Pairs of reservations that hold the same lane at the same time."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM scheduling_reservation a JOIN scheduling_reservation b"
            " ON a.id < b.id AND a.resource = b.resource AND a.lane = b.lane AND a.during && b.during"
        )
        return cursor.fetchone()[0]


def test_fifty_want_one_slot(clinic, receptionist, at, race, kinds):
    rooms = [clinic.room, *(clinic.add_room(f"治疗室{n}") for n in range(2, 5))]
    patients = [clinic.add_patient(f"患者{n}").id for n in range(THREADS)]
    for turn in range(ROUNDS):
        start = local(TUESDAY, "09:00") + timedelta(days=turn % 4, minutes=30 * (turn // 4))
        orders = [clinic.booking(patient=patient, start=start) for patient in patients]
        for order in orders[::2]:
            order["room"] = random.choice(rooms).id
        random.shuffle(orders)
        outcomes = race([booker(receptionist, at, order) for order in orders])
        assert kinds(outcomes) == {"Appointment": 1, "SlotTaken": THREADS - 1}
        assert all(o.data["alternatives"] for o in outcomes if not isinstance(o, Appointment))
    assert Reservation.objects.count() == 3 * ROUNDS
    assert overlapping() == 0


def test_fifty_want_three_rooms_with_a_doctor_each(clinic, receptionist, at, race, kinds):
    model = clinic.add_device("激光甲")
    for name in ("激光乙", "激光丙"):
        clinic.add_piece(model, name)
    for name in ("治疗室二", "治疗室三"):
        clinic.add_room(name)
    service = clinic.add_service(device_model=model, prepare_minutes=5, clean_minutes=10)
    doctors = [clinic.add_doctor(f"医生{n}").id for n in range(THREADS)]
    orders = [
        clinic.booking(practitioner=doctor, service=service.id, patient=clinic.add_patient("患者").id)
        for doctor in doctors
    ]
    outcomes = race([booker(receptionist, at, order) for order in orders])
    assert kinds(outcomes) == {"Appointment": 3, "SlotTaken": THREADS - 3}
    assert overlapping() == 0


def test_fifty_desks_want_one_patient_at_once(clinic, receptionist, at, race, kinds):
    clinic.add_room("大厅", lanes=THREADS)
    doctors = [clinic.add_doctor(f"医生{n}").id for n in range(THREADS)]
    for turn in range(4):
        start = local(TUESDAY, "09:00") + timedelta(hours=turn)
        orders = [
            clinic.booking(practitioner=doctor, start=start + timedelta(minutes=n % 3 * 10))
            for n, doctor in enumerate(doctors)
        ]
        assert kinds(race([booker(receptionist, at, order) for order in orders])) == {
            "Appointment": 1,
            "GateRefused": THREADS - 1,
        }
    assert overlapping() == 0


def test_move_and_booking_at_once_do_not_put_one_patient_in_two_places(clinic, receptionist, at, race, kinds):
    clinic.add_room("大厅", lanes=3)
    doctors = [clinic.add_doctor(f"医生{n}").id for n in range(2)]
    for turn in range(5):
        day = TUESDAY + timedelta(days=turn % 3)
        orders = [
            clinic.booking(practitioner=doctor, start=local(day, f"{9 + 2 * (turn // 3) + n:02d}:00"))
            for n, doctor in enumerate(doctors)
        ]
        moved = services.book_appointment(actor=receptionist, at=at, **orders[1])
        move = lambda moved=moved, start=orders[0]["start"]: services.reschedule_appointment(  # noqa: E731
            actor=receptionist, at=at, appointment=moved.id, start=start + timedelta(minutes=15), reason="换"
        )
        assert kinds(race([booker(receptionist, at, orders[0]), move])) == {
            "Appointment": 1,
            "GateRefused": 1,
        }
    assert overlapping() == 0


def test_one_key_at_once_gives_one_appointment_to_all(clinic, receptionist, at, race):
    for turn in range(5):
        start = local(TUESDAY, "09:00") + timedelta(minutes=30 * turn)
        order = clinic.booking(start=start, request_key=f"key{turn}", request_digest="d")
        outcomes = race([booker(receptionist, at, order)] * 16)
        assert len({getattr(outcome, "id", outcome) for outcome in outcomes}) == 1
    assert Appointment.objects.count() == 5


def test_moves_that_cross_never_lose_a_slot(clinic, receptionist, at, race, kinds):
    clocks = ("09:00", "09:30", "10:00", "10:30")
    booked = [
        services.book_appointment(actor=receptionist, at=at, **clinic.booking(start=local(TUESDAY, clock)))
        for clock in clocks
    ]

    def mover(appointment, clock):
        return lambda: services.reschedule_appointment(
            actor=receptionist, at=at, appointment=appointment.id, start=local(TUESDAY, clock), reason="换"
        )

    for _turn in range(5):
        targets = random.sample([*clocks, "11:00", "11:30"], k=4)
        outcomes = race([mover(*pair) for pair in zip(booked, targets, strict=True)])
        assert set(kinds(outcomes)) <= {"Appointment", "SlotTaken"}
        assert overlapping() == 0
        assert Reservation.objects.count() == 12


def test_moves_and_bookings_at_once_never_overlap(clinic, receptionist, at, race, kinds):
    booked = services.book_appointment(actor=receptionist, at=at, **clinic.booking())
    orders = [
        clinic.booking(patient=clinic.add_patient(f"新{n}").id, start=local(TUESDAY, clock))
        for n, clock in enumerate(["10:00", "11:00"] * 10)
    ]
    bookers = [booker(receptionist, at, order) for order in orders]
    bookers.append(
        lambda: services.reschedule_appointment(
            actor=receptionist,
            at=at,
            appointment=booked.id,
            start=local(TUESDAY, "11:00"),
            reason="换",
        )
    )
    outcomes = race(bookers)
    assert set(kinds(outcomes)) <= {"Appointment", "SlotTaken"}
    assert overlapping() == 0
    assert Reservation.objects.count() == 3 * Appointment.objects.filter(status="booked").count()


def test_tickets_have_no_gaps(clinic, receptionist, at, race):
    doctors = [clinic.add_doctor(f"医生{n}").id for n in range(20)]
    clinic.add_room("大厅", lanes=20)
    booked = [
        services.book_appointment(
            actor=receptionist,
            at=at,
            **clinic.booking(practitioner=doctor, patient=clinic.add_patient("患者").id),
        )
        for doctor in doctors
    ]
    now = local(TUESDAY, "09:50")

    def arrival(appointment):
        return lambda: services.check_in(actor=receptionist, at=now, appointment=appointment.id)

    outcomes = race([arrival(appointment) for appointment in booked])
    assert sorted(outcome.ticket for outcome in outcomes) == [f"A{n:03d}" for n in range(1, 21)]


def test_one_arrival_of_many_clicks(clinic, receptionist, at, race, kinds):
    booked = services.book_appointment(actor=receptionist, at=at, **clinic.booking())
    now = local(TUESDAY, "09:50")
    click = lambda: services.check_in(actor=receptionist, at=now, appointment=booked.id)  # noqa: E731
    assert kinds(race([click] * 10)) == {"Appointment": 1, "WrongStatus": 9}
