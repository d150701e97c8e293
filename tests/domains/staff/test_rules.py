from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from liangyi.domains.staff.enums import Reason
from liangyi.domains.staff.rules import (
    CredentialFacts,
    PractitionerFacts,
    PrivilegeFacts,
    is_licensed_for,
    is_privileged_for,
    requirements,
)

HERE, THERE, SERVICE = uuid4(), uuid4(), uuid4()
ON = date(2026, 11, 23)
SURGERY, DENTAL = "aesthetic_surgery", "oral_surgery"
LICENCE = CredentialFacts(
    uuid4(),
    "doctor_licence",
    "110440000000001",
    date(2015, 7, 1),
    sites=frozenset({HERE}),
    subjects=frozenset({SURGERY, DENTAL}),
)
LEAD = CredentialFacts(uuid4(), "lead_physician", "ZZ-1", date(2020, 1, 1), subjects=frozenset({SURGERY}))
NURSE = CredentialFacts(
    uuid4(), "nurse_licence", "N-1", date(2022, 1, 1), valid_to=date(2027, 1, 1), sites=frozenset({HERE})
)


def _reasons(
    *credentials: CredentialFacts, profession: str = "doctor", subject: str = SURGERY
) -> list[tuple[str, str]]:
    found = is_licensed_for(credentials, profession, HERE, subject, ON)
    return [(shortfall.reason.value, shortfall.kind) for shortfall in found]


def test_doctor_with_licence_and_lead_filing_may_do_aesthetic_surgery() -> None:
    assert _reasons(LICENCE, LEAD) == []


def test_dentist_needs_no_lead_filing_for_dental_subjects() -> None:
    assert _reasons(LICENCE, profession="dentist", subject=DENTAL) == []


@pytest.mark.parametrize(
    ("credentials", "reasons"),
    [
        ([], [("missing", "doctor_licence"), ("missing", "lead_physician")]),
        ([LICENCE], [("missing", "lead_physician")]),
        ([replace(LICENCE, valid_to=date(2026, 11, 22)), LEAD], [("expired", "doctor_licence")]),
        ([replace(LICENCE, sites=frozenset({THERE})), LEAD], [("registered_elsewhere", "doctor_licence")]),
        ([replace(LICENCE, sites=frozenset()), LEAD], [("registered_elsewhere", "doctor_licence")]),
        ([replace(LICENCE, subjects=frozenset({DENTAL})), LEAD], [("out_of_scope", "doctor_licence")]),
        ([replace(LICENCE, revoked_on=ON), LEAD], [("revoked", "doctor_licence")]),
        ([replace(LICENCE, issued_on=date(2026, 11, 24)), LEAD], [("not_yet_valid", "doctor_licence")]),
        ([LICENCE, replace(LEAD, subjects=frozenset({DENTAL}))], [("out_of_scope", "lead_physician")]),
        ([LICENCE, replace(LEAD, sites=frozenset({THERE}))], [("registered_elsewhere", "lead_physician")]),
    ],
)
def test_shortfall_names_the_certificate_and_the_reason(
    credentials: list[CredentialFacts], reasons: list[tuple[str, str]]
) -> None:
    assert _reasons(*credentials) == reasons


@pytest.mark.parametrize("last_day", [ON, None])
def test_licence_holds_on_its_last_day(last_day: date | None) -> None:
    assert _reasons(replace(LICENCE, valid_to=last_day), LEAD) == []


def test_one_good_licence_of_several_is_enough() -> None:
    old = replace(LICENCE, id=uuid4(), valid_to=date(2020, 1, 1))
    assert _reasons(old, LICENCE, LEAD) == []


@pytest.mark.parametrize(
    ("profession", "subject", "reasons"),
    [
        ("nurse", DENTAL, []),
        ("nurse", SURGERY, [("missing", "lead_physician")]),
        ("consultant", DENTAL, [("missing", "")]),
        ("other", DENTAL, [("missing", "")]),
        ("doctor", DENTAL, [("missing", "doctor_licence")]),
    ],
)
def test_profession_decides_which_licence_counts(
    profession: str, subject: str, reasons: list[tuple[str, str]]
) -> None:
    assert _reasons(NURSE, profession=profession, subject=subject) == reasons


GIVEN = PrivilegeFacts(SERVICE, date(2026, 1, 1), date(2026, 12, 31))


@pytest.mark.parametrize(
    ("privileges", "reason"),
    [
        ([], Reason.PRIVILEGE_MISSING),
        ([GIVEN], None),
        ([replace(GIVEN, service_id=uuid4())], Reason.PRIVILEGE_MISSING),
        ([replace(GIVEN, valid_from=date(2026, 11, 24))], Reason.PRIVILEGE_MISSING),
        ([replace(GIVEN, valid_to=date(2026, 11, 22))], Reason.PRIVILEGE_EXPIRED),
        ([replace(GIVEN, suspended_on=ON)], Reason.PRIVILEGE_SUSPENDED),
        ([replace(GIVEN, suspended_on=date(2026, 11, 24))], None),
    ],
)
def test_privilege_is_given_for_a_service_and_a_time(
    privileges: list[PrivilegeFacts], reason: Reason | None
) -> None:
    shortfall = is_privileged_for(privileges, SERVICE, ON)
    assert (shortfall.reason if shortfall else None) == reason


def test_somebody_who_has_left_may_do_nothing() -> None:
    wang = PractitionerFacts(uuid4(), "王明", "doctor", "", date(2026, 11, 22), (LICENCE, LEAD), (GIVEN,))
    asked = {"service_id": SERVICE, "subject": SURGERY, "needs_privilege": True, "site_id": HERE}
    assert [s.reason for s in wang.shortfalls(**asked, on=ON)] == [Reason.LEFT]  # type: ignore[arg-type]
    assert wang.shortfalls(**asked, on=date(2026, 11, 22)) == ()  # type: ignore[arg-type]


def test_requirements_name_known_certificates_only() -> None:
    table = requirements()
    assert table.tied_to_place <= {"doctor_licence", "nurse_licence"}
    assert table.lead_subjects >= {"aesthetic_surgery", "aesthetic_dermatology"}
