"""Emergencies: the director and a second person go ahead without guardian or consent, and it is reviewed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from liangyi_test_clinic import MONDAY, local

from liangyi.domains.patients.models import Patient
from liangyi.domains.scheduling import services
from liangyi.domains.scheduling.models import Appointment
from liangyi.platform.access.models import Account
from liangyi.platform.access.queries import actor_for
from liangyi.platform.actors import Actor
from liangyi.platform.controls.catalogue import controls
from liangyi.platform.controls.errors import WrongOverride
from liangyi.platform.controls.models import Verdict
from liangyi.platform.controls.services import Override
from liangyi.platform.errors import Refused
from liangyi.platform.worklist.models import WorkItem

GUARDIAN, CONSENT = "scheduling.minor_has_guardian", "scheduling.privacy_consent"
BOTH = (GUARDIAN, CONSENT)
REASON = "车祸送来，昏迷，联系不到家长"


@pytest.fixture
def child(clinic: Any) -> Patient:
    """Twelve years old, without guardian and consent."""
    return clinic.add_patient("童童", birth_date=date(2014, 5, 1), consents=())


@pytest.fixture
def nurse(person: Callable[..., Account]) -> Actor:
    return actor_for(person("nurse"))


@pytest.fixture
def override(nurse: Actor) -> Override:
    return Override(BOTH, REASON, nurse)


def refused_by(book: Callable[..., Any], **facts: Any) -> list[str]:
    with pytest.raises(Refused) as refused:
        book(**facts)
    return [refusal.control for refusal in refused.value.refusals]


def test_only_these_two_gates_of_all_can_be_overridden() -> None:
    assert {code: one.overridable_by for code, one in controls().items() if one.overridable_by} == {
        GUARDIAN: ("director",),
        CONSENT: ("director",),
    }


def test_child_without_guardian_is_refused_to_everybody_who_does_not_override(
    clinic, child, director, receptionist, setup_actor, at
):
    for actor in (receptionist, director, setup_actor):
        assert refused_by(
            services.book_appointment, actor=actor, at=at, **clinic.booking(patient=child.id)
        ) == list(BOTH)
    assert not Appointment.objects.exists()


def test_override_books_and_names_both_people_and_the_reason(clinic, child, director, nurse, override, at):
    services.book_appointment(actor=director, at=at, **clinic.booking(patient=child.id), override=override)
    verdict = Verdict.objects.get(decision="BookAppointment")
    assert (verdict.outcome, [one["control"] for one in verdict.refusals]) == ("overridden", list(BOTH))
    for row in verdict.overrides.all():
        assert (row.account_id, row.second_id, row.reason) == (director.id, nurse.id, REASON)
    review = WorkItem.objects.get(kind="controls.review_override")
    assert (review.subject_id, review.role, review.site_id) == (verdict.id, "quality", clinic.site.id)


def test_override_waives_nothing_else(clinic, child, director, override, at):
    clinic.close_on(MONDAY + timedelta(days=1))
    order = clinic.booking(patient=child.id)
    assert refused_by(services.book_appointment, actor=director, at=at, **order, override=override) == [
        *BOTH,
        "scheduling.site_open",
    ]
    assert Verdict.objects.get().outcome == "refused"
    assert not WorkItem.objects.filter(kind="controls.review_override").exists()


def test_override_waives_only_what_was_seen(clinic, child, director, nurse, at):
    order = clinic.booking(patient=child.id) | {"override": Override((GUARDIAN,), REASON, nurse)}
    assert refused_by(services.book_appointment, actor=director, at=at, **order) == list(BOTH)


def test_override_is_for_the_director_alone(clinic, child, receptionist, nurse, override, at):
    order = clinic.booking(patient=child.id) | {"override": override}
    assert refused_by(services.book_appointment, actor=receptionist, at=at, **order) == list(BOTH)
    assert not Appointment.objects.exists()


def test_override_by_a_director_of_another_site_is_refused(
    clinic, child, nurse, override, at, person, other_site, receptionist
):
    account = person("director", "elsewhere", at_site=other_site)
    both = actor_for(account)
    here = Actor(
        "staff", both.id, both.name, {**both.grants, **receptionist.grants},
        roles=both.roles | receptionist.roles, roles_at={**both.roles_at, **receptionist.roles_at},
    )  # fmt: skip
    order = clinic.booking(patient=child.id) | {"override": override}
    assert refused_by(services.book_appointment, actor=here, at=at, **order) == list(BOTH)


@pytest.mark.parametrize(
    ("reason", "alone", "wrong"), [("  ", False, {"reason"}), (REASON, True, {"second"})]
)
def test_override_needs_a_reason_and_another_person(clinic, child, director, nurse, at, reason, alone, wrong):
    override = Override(BOTH, reason, director if alone else nurse)
    with pytest.raises(WrongOverride) as invalid:
        services.book_appointment(
            actor=director, at=at, **clinic.booking(patient=child.id), override=override
        )
    assert set(invalid.value.fields) == wrong
    assert not Appointment.objects.exists()


def test_override_that_is_not_needed_leaves_no_trace(clinic, director, override, at):
    services.book_appointment(actor=director, at=at, **clinic.booking(), override=override)
    assert Verdict.objects.get().outcome == "passed"
    assert not WorkItem.objects.filter(kind="controls.review_override").exists()


def test_walk_in_and_arrival_are_overridden_together(clinic, child, director, override, at):
    order = {name: value for name, value in clinic.booking(patient=child.id).items() if name != "start"}
    made = services.walk_in(actor=director, at=at, **order, override=override)
    assert (made.status, made.ticket) == ("arrived", "A001")
    assert list(Verdict.objects.order_by("id").values_list("decision", "outcome")) == [
        ("BookAppointment", "overridden"),
        ("CheckIn", "overridden"),
    ]


def test_check_in_asks_for_consent_again_and_can_be_overridden(clinic, child, director, override, at):
    order = clinic.booking(patient=child.id, start=local(MONDAY, "10:00"))
    made = services.book_appointment(actor=director, at=at, **order, override=override)
    assert refused_by(services.check_in, actor=director, at=at, appointment=made.id) == [CONSENT]
    services.check_in(actor=director, at=at, appointment=made.id, override=override)
    assert Verdict.objects.get(decision="CheckIn", outcome="overridden").overrides.get().control == CONSENT


def test_moving_can_be_overridden(clinic, child, director, override, at):
    made = services.book_appointment(
        actor=director, at=at, **clinic.booking(patient=child.id), override=override
    )
    later: dict[str, Any] = {
        "appointment": made.id,
        "start": datetime.fromisoformat("2026-11-24T15:00:00+08:00"),
        "reason": "先稳定病情",
    }
    assert refused_by(services.reschedule_appointment, actor=director, at=at, **later) == list(BOTH)
    moved = services.reschedule_appointment(actor=director, at=at, **later, override=override)
    assert moved.starts_at == later["start"]


def test_override_sent_twice_books_and_is_reviewed_once(clinic, child, director, override, at):
    order = clinic.booking(patient=child.id) | {
        "override": override,
        "request_key": "k",
        "request_digest": "d",
    }
    first, second = (services.book_appointment(actor=director, at=at, **order) for _ in range(2))
    assert first.id == second.id
    assert Verdict.objects.filter(outcome="overridden").count() == 1
    assert WorkItem.objects.filter(kind="controls.review_override").count() == 1
