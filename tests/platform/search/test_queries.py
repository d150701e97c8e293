from __future__ import annotations

from datetime import datetime

from django.db import connection
from django.test.utils import CaptureQueriesContext

from liangyi.domains.patients.models import Patient
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.search.queries import matching
from liangyi.platform.search.tokens import query_tokens, tokens_for


def add(actor: Actor, at: datetime, *names: str) -> None:
    with recorded(actor):
        Patient.objects.bulk_create(
            Patient(name=name, tokens=tokens_for(name), registered_at=at) for name in names
        )


def names(text: str, most: int = 500) -> list[str]:
    found = matching(Patient.objects.all(), query_tokens(text), most=most)
    return list(found.order_by("name").values_list("name", flat=True))


def test_matching_finds_rows_with_every_token(db, setup_actor: Actor, at: datetime) -> None:
    add(setup_actor, at, "王小明", "王大明", "李小明")
    assert names("王") == ["王大明", "王小明"]
    assert names("xiaoming") == ["李小明", "王小明"]
    assert names("王 小") == ["王小明"]


def test_matching_finds_nothing_without_tokens(db, setup_actor: Actor, at: datetime) -> None:
    add(setup_actor, at, "王小明")
    assert names("  ") == []


def test_matching_counts_filters_before_the_cap(db, setup_actor: Actor, at: datetime) -> None:
    add(setup_actor, at, *(f"王小{c}" for c in "甲乙丙丁"))
    kept = matching(Patient.objects.filter(name="王小丁"), query_tokens("王"), most=1)
    assert [patient.name for patient in kept] == ["王小丁"]
    assert len(names("王", most=2)) == 2


def test_matching_is_one_statement_with_a_materialized_cte(db, setup_actor: Actor, at: datetime) -> None:
    add(setup_actor, at, "王小明")
    with CaptureQueriesContext(
        connection,
    ) as captured:
        names("王")
    assert len(captured) == 1
    assert "AS MATERIALIZED" in captured[0]["sql"]
