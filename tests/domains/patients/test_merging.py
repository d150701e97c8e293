"""Two records of one person become one, and two again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime

import pytest

from liangyi.domains.patients import queries, services
from liangyi.domains.patients.errors import RecordMoved
from liangyi.domains.patients.events import PatientsMerged, PatientsUnmerged
from liangyi.domains.patients.models import Patient
from liangyi.domains.patients.rules.entries import NewAllergy, resident
from liangyi.platform import events
from liangyi.platform.access.models import Account, Site
from liangyi.platform.access.queries import actor_for
from liangyi.platform.actors import Actor
from liangyi.platform.errors import Denied, Invalid, Missing

LI_MING = "11010519491231002X"
OTHER_ID = "11010219840406970X"
DAY = date(2026, 11, 23)
Register = Callable[..., Patient]


@pytest.fixture
def merge(director: Actor, at: datetime) -> Callable[[Patient, Patient], Patient]:
    def run(keep: Patient, merged: Patient) -> Patient:
        return services.merge_patients(
            actor=director, at=at, keep_id=keep.pk, merge_id=merged.pk, reason="同一人"
        )

    return run


def found(actor: Actor, typed: str) -> list[str]:
    return [hit.name for hit in queries.patients_for_search(actor, typed)]


def test_merged_record_is_found_as_the_surviving_one(
    register: Register, merge: Callable, reception: Actor, codes: None
) -> None:
    keep, merged = register(name="王芳"), register(name="汪方", phone="13800138000")
    merge(keep, merged)
    assert found(reception, "王芳") == found(reception, "汪方") == found(reception, "8000") == ["王芳"]
    assert found(reception, "LY0000002") == ["王芳"]
    assert queries.patient_for(reception, merged.pk) == keep


def test_everything_known_of_either_counts(
    register: Register, merge: Callable, reception: Actor, texts: dict
) -> None:
    keep = register(name="王芳", allergies=[NewAllergy("青霉素")])
    merged = register(name="汪方", alerts=["跌倒风险"], consents=[texts["privacy"]])
    merge(keep, merged)
    header = queries.patient_header(reception, merged.pk, on=DAY)
    assert [a.substance for a in header.allergies] == ["青霉素"]
    assert [a.text for a in header.alerts] == ["跌倒风险"]
    assert header.has_privacy_consent
    facts = queries.facts_for_booking(merged.pk, DAY)
    assert (facts.canonical_id, facts.is_active, facts.has_privacy_consent) == (keep.pk, False, True)


def test_merging_moves_no_row(register: Register, merge: Callable) -> None:
    keep, merged = register(name="王芳"), register(name="汪方", alerts=["甲"])
    merge(keep, merged)
    merged.refresh_from_db()
    assert (merged.canonical, merged.tokens) == (keep, [])
    assert merged.alerts.count() == merged.registrations.count() == 1


def test_unmerging_brings_both_back(
    register: Register, merge: Callable, director: Actor, reception: Actor, at: datetime
) -> None:
    keep, merged = register(name="王芳", phone="13912345678"), register(name="汪方", phone="13800138000")
    before = [sorted(row.tokens) for row in (keep, merged)]
    merge(keep, merged)
    services.unmerge_patients(actor=director, at=at, merged_id=merged.pk, reason="认错了")
    for row in (keep, merged):
        row.refresh_from_db()
    assert [sorted(row.tokens) for row in (keep, merged)] == before
    assert found(reception, "汪方") == ["汪方"]
    assert found(reception, "8000") == ["汪方"]


def test_merging_in_a_row_is_undone_step_by_step(
    register: Register, merge: Callable, director: Actor, reception: Actor, at: datetime
) -> None:
    a, b, c = register(name="甲"), register(name="乙"), register(name="丙")
    merge(b, a)
    merge(c, b)
    assert found(reception, "甲") == ["丙"]
    assert queries.patient_for(reception, a.pk) == c
    a.refresh_from_db()
    assert (a.canonical, a.merged_into) == (c, b)
    services.unmerge_patients(actor=director, at=at, merged_id=b.pk, reason="认错了")
    assert found(reception, "甲") == ["乙"]
    assert queries.patient_for(reception, a.pk) == b
    assert found(reception, "丙") == ["丙"]


def test_merging_in_a_row_is_undone_in_any_order(
    register: Register, merge: Callable, director: Actor, reception: Actor, at: datetime
) -> None:
    a, b, c = register(name="甲"), register(name="乙"), register(name="丙")
    merge(b, a)
    merge(c, b)
    services.unmerge_patients(actor=director, at=at, merged_id=a.pk, reason="认错了")
    assert found(reception, "甲") == ["甲"]
    assert found(reception, "乙") == ["丙"]
    with pytest.raises(RecordMoved):
        services.unmerge_patients(actor=director, at=at, merged_id=a.pk, reason="认错了")


def test_merge_refuses_circles_and_itself(register: Register, merge: Callable) -> None:
    a, b = register(name="甲"), register(name="乙")
    with pytest.raises(Invalid):
        merge(a, a)
    merge(a, b)
    for keep, merged in ((b, a), (a, b)):
        with pytest.raises(RecordMoved):
            merge(keep, merged)


def test_merge_refuses_two_identity_numbers(register: Register, merge: Callable) -> None:
    a, b = register(name="甲", papers=[resident(LI_MING)]), register(name="乙", papers=[resident(OTHER_ID)])
    with pytest.raises(Invalid):
        merge(a, b)
    b.refresh_from_db()
    assert b.canonical is None


@pytest.mark.parametrize("reason", ["", "  ", "x" * 201, "\x00"])
def test_merge_needs_a_reason(register: Register, director: Actor, at: datetime, reason: str) -> None:
    a, b = register(name="甲"), register(name="乙")
    with pytest.raises(Invalid):
        services.merge_patients(actor=director, at=at, keep_id=a.pk, merge_id=b.pk, reason=reason)


def test_merge_is_denied_to_the_reception(register: Register, reception: Actor, at: datetime) -> None:
    a, b = register(name="甲"), register(name="乙")
    with pytest.raises(Denied):
        services.merge_patients(actor=reception, at=at, keep_id=a.pk, merge_id=b.pk, reason="同一人")
    b.refresh_from_db()
    assert b.canonical is None


def test_merge_with_another_sites_record_is_missing(
    register: Register, outsider: Actor, other_site: Site, director: Actor, at: datetime
) -> None:
    a, b = register(name="甲"), register(name="乙", actor=outsider, site=other_site)
    with pytest.raises(Missing):
        services.merge_patients(actor=director, at=at, keep_id=a.pk, merge_id=b.pk, reason="同一人")


def test_merge_across_sites_opens_the_person_to_both(
    register: Register, outsider: Actor, other_site: Site, person: Callable[..., Account], at: datetime
) -> None:
    here, there = register(name="甲"), register(name="乙", actor=outsider, site=other_site)
    both = actor_for(person("director", "group"))
    both = replace(both, grants={**both.grants, other_site.pk: both.grants[here.registrations.get().site_id]})
    services.merge_patients(actor=both, at=at, keep_id=here.pk, merge_id=there.pk, reason="同一人")
    assert queries.patient_for(outsider, here.pk) == here
    assert found(outsider, "乙") == ["甲"]


def test_merging_tells_what_happened(
    register: Register, merge: Callable, director: Actor, at: datetime
) -> None:
    told: list[object] = []
    events.subscribe(PatientsMerged, told.append)
    events.subscribe(PatientsUnmerged, told.append)
    a, b = register(name="甲"), register(name="乙")
    merge(a, b)
    services.unmerge_patients(actor=director, at=at, merged_id=b.pk, reason="认错了")
    assert told == [PatientsMerged(b.pk, a.pk, at), PatientsUnmerged(b.pk, a.pk, at)]


def test_merged_record_is_changed_through_the_surviving_one(
    register: Register, merge: Callable, reception: Actor, at: datetime
) -> None:
    keep, merged = register(name="王芳"), register(name="汪方")
    merge(keep, merged)
    services.change_patient(actor=reception, at=at, patient_id=merged.pk, phone="13800138000")
    keep.refresh_from_db()
    merged.refresh_from_db()
    assert (keep.phone, merged.phone) == ("13800138000", "")
