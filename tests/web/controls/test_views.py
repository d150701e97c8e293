from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from liangyi.domains.governance.models import Match, PolicyVersion
from liangyi.domains.governance.services import import_policy
from liangyi.platform import clock, subjects
from liangyi.platform.access.models import Account, Site
from liangyi.platform.actors import Actor, system
from liangyi.platform.audit.services import recorded
from liangyi.platform.controls import catalogue, queries
from liangyi.platform.controls.catalogue import Control, Finding, Kind, Parameter
from liangyi.platform.controls.models import Breach, Override, Verdict
from liangyi.web.controls import pages

DOOR = Control(
    "door.key",
    Kind.GATE,
    "门要有钥匙",
    "没有钥匙不开门",
    source="门禁制度 3",
    parameters=(Parameter("keys", "integer", 2, "把", "钥匙数"),),
    overridable_by=("director",),
)
LISTS = ["/controls/", "/controls/verdicts/", "/controls/breaches/"]


@pytest.fixture(autouse=True)
def _door(monkeypatch: pytest.MonkeyPatch, site: Site) -> None:
    monkeypatch.setattr(catalogue, "_controls", {DOOR.code: DOOR})
    monkeypatch.setattr(catalogue, "_watches", {DOOR.code: lambda at: [Finding("door", site.id, site.id)]})
    monkeypatch.setattr(subjects, "_types", dict(subjects._types))
    subjects.register(
        "door", label=lambda ids: dict.fromkeys(ids, "东门"), url=str, may_see=lambda actor, ids: ids
    )


@pytest.fixture
def quality(client: Client, person: Callable[..., Account]) -> Client:
    client.force_login(person("quality"))
    return client


@pytest.fixture
def refused(site: Site) -> Callable[..., Verdict]:
    """`refused()` is a verdict with a reason that is not to be taken as markup."""

    def make(place: Site = site, outcome: str = "refused", at: datetime | None = None) -> Verdict:
        with recorded(system("test")):
            return Verdict.objects.create(
                decision="OpenDoor",
                at=at or clock.now() - timedelta(hours=1),
                site=place,
                actor_kind="staff",
                actor_name="前台",
                subject_type="door",
                subject_id=uuid4(),
                outcome=outcome,
                passed=[] if outcome != "passed" else [DOOR.code],
                refusals=[{"control": DOOR.code, "reason": "没有<b>钥匙", "facts": {"n": 1}}],
            )

    return make


@pytest.mark.parametrize("path", [*LISTS, "/controls/catalogue/door.key/"])
@pytest.mark.parametrize(("role", "status"), [("quality", 200), ("director", 200), ("reception", 403)])
def test_pages_are_for_quality_and_director(
    client: Client, person: Callable[..., Account], path: str, role: str, status: int
) -> None:
    client.force_login(person(role))
    assert client.get(path).status_code == status


def test_catalogue_counts_what_was_decided(quality: Client, refused: Callable[..., Verdict]) -> None:
    refused()
    refused(outcome="overridden")
    refused(at=clock.now() - timedelta(days=20))
    row = quality.get("/controls/").context["rows"][0]
    assert row.tally.figures == {"refused": 2, "overridden": 1}
    assert row.health.code == "carried_out"
    assert quality.get("/controls/?days=7").context["rows"][0].tally.figures["refused"] == 1


def test_planned_control_is_shown_as_planned_and_last(quality: Client) -> None:
    catalogue.register(Control("door.later", Kind.RECORD, "访客登记", "", planned=True))
    rows = quality.get("/controls/").context["rows"]
    assert [row.control.code for row in rows] == ["door.key", "door.later"]
    assert "系统还不会做这件事" in quality.get("/controls/catalogue/door.later/").content.decode()


@pytest.mark.parametrize(
    ("query", "shown"),
    [
        ("kind=gate", ["door.key"]),
        ("kind=watch", []),
        ("state=planned", ["door.later"]),
        ("state=unproven", ["door.key"]),
        ("kind=x&state=x&days=x", ["door.key", "door.later"]),
    ],
)
def test_catalogue_is_narrowed(quality: Client, query: str, shown: list[str]) -> None:
    catalogue.register(Control("door.later", Kind.RECORD, "访客登记", "", planned=True))
    rows = quality.get(f"/controls/?{query}").context["rows"]
    assert [row.control.code for row in rows] == shown


@pytest.mark.parametrize("rows", [1, 3])
def test_catalogue_costs_the_same_for_one_and_three(
    rows: int, quality: Client, refused: Callable[..., Verdict], django_assert_num_queries: Any
) -> None:
    for number in range(rows):
        refused()
        catalogue.register(Control(f"door.later{number}", Kind.GATE, "以后", ""))
    quality.get("/controls/")
    with django_assert_num_queries(7):
        quality.get("/controls/")


def test_control_page_shows_values_in_force(quality: Client) -> None:
    page = quality.get("/controls/catalogue/door.key/").content.decode()
    assert "钥匙数" in page
    assert "院长" in page
    assert quality.get("/controls/catalogue/no.such/").status_code == 404


def test_control_page_names_its_clauses_and_lists_its_records(
    quality: Client, refused: Callable[..., Verdict], setup_actor: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("liangyi.platform.controls.evidence.records.decisions_of", lambda code: ["OpenDoor"])
    verdict = refused()
    version = import_policy(
        actor=setup_actor, at=clock.now(), content="门禁制度\n没有钥匙不得开门。\n".encode()
    )
    clause = version.clauses.get(kind="prohibition")
    with recorded(setup_actor):
        PolicyVersion.objects.update(state="released", released_at=clock.now(), effective_from="2026-01-01")
        Match.objects.create(
            policy=version.policy,
            identity=clause.identity,
            control=DOOR.code,
            state="confirmed",
            clause=clause,
            decided_at=clock.now(),
        )
    page = quality.get("/controls/catalogue/door.key/").content.decode()
    assert f"/policies/clauses/{clause.id}/" in page
    assert f"/controls/verdicts/{verdict.id}/" in page


def test_verdicts_can_be_filtered(quality: Client, refused: Callable[..., Verdict]) -> None:
    refused()
    refused(outcome="overridden")
    rows = quality.get("/controls/verdicts/?outcome=refused&control=door.key").context["rows"]
    assert [row.verdict.outcome for row in rows] == ["refused"]
    assert len(quality.get("/controls/verdicts/?outcome=x&after=x&control=x").context["rows"]) == 2


def test_verdicts_are_paged_by_key(
    quality: Client, refused: Callable[..., Verdict], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(queries, "PAGE", 1)
    monkeypatch.setattr(pages, "PAGE", 1)
    old, new = refused(), refused()
    first = quality.get("/controls/verdicts/")
    assert [row.verdict for row in first.context["rows"]] == [new]
    second = quality.get(f"/controls/verdicts/?after={first.context['next']}")
    assert [row.verdict for row in second.context["rows"]] == [old]
    assert second.context["next"] is None


@pytest.mark.parametrize("rows", [1, 3])
def test_verdicts_cost_the_same_for_one_and_three(
    rows: int, quality: Client, refused: Callable[..., Verdict], django_assert_num_queries: Any
) -> None:
    for _ in range(rows):
        refused()
    quality.get("/controls/verdicts/")
    with django_assert_num_queries(6):
        quality.get("/controls/verdicts/")


def test_verdict_shows_reason_subject_and_who_overrode(
    quality: Client, refused: Callable[..., Verdict], person: Callable[..., Account]
) -> None:
    verdict = refused(outcome="overridden")
    with recorded(system("test")):
        Override.objects.create(
            verdict=verdict,
            control=DOOR.code,
            reason="锁坏了",
            account=person("director"),
            second=person("nurse"),
        )
    page = quality.get(f"/controls/verdicts/{verdict.id}/").content.decode()
    assert "没有&lt;b&gt;钥匙" in page
    assert "东门" in page
    assert "锁坏了" in page


def test_verdict_of_another_site_is_missing(
    quality: Client, refused: Callable[..., Verdict], other_site: Site
) -> None:
    verdict = refused(other_site)
    assert quality.get(f"/controls/verdicts/{verdict.id}/").status_code == 404
    assert not quality.get("/controls/verdicts/").context["rows"]


def test_watches_run_on_demand_and_breaches_show(quality: Client) -> None:
    assert quality.post("/controls/watches/run/").status_code == 302
    breach = Breach.objects.get()
    assert "门要有钥匙" in quality.get("/controls/breaches/").content.decode()
    assert "东门" in quality.get(f"/controls/breaches/{breach.id}/").content.decode()
    assert not quality.get("/controls/breaches/?state=closed").context["rows"]


def test_watches_are_not_run_by_reception(client: Client, person: Callable[..., Account]) -> None:
    client.force_login(person("reception"))
    assert client.post("/controls/watches/run/").status_code == 403
    assert not Breach.objects.exists()


@pytest.fixture
def due_to_admin(monkeypatch: pytest.MonkeyPatch, quality: Client) -> Breach:
    """A breach that the administrator has to mend."""
    monkeypatch.setattr(catalogue, "_controls", {DOOR.code: replace(DOOR, owner_role="admin")})
    quality.post("/controls/watches/run/")
    return Breach.objects.get()


def test_breach_is_shown_to_whoever_has_to_mend_it(
    due_to_admin: Breach, client: Client, person: Callable[..., Account]
) -> None:
    client.force_login(person("admin"))
    page = client.get(f"/controls/breaches/{due_to_admin.id}/")
    assert page.status_code == 200
    assert "东门" in page.content.decode()
    assert 'href="/controls/"' not in page.content.decode()
    assert client.get("/controls/breaches/").status_code == 403
    assert client.get(f"/controls/breaches/{uuid4()}/").status_code == 403


def test_breach_is_closed_again_once_the_work_is_done(
    due_to_admin: Breach, client: Client, person: Callable[..., Account], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "_watches", {DOOR.code: lambda at: []})
    client.post("/controls/watches/run/")
    client.force_login(person("admin"))
    assert client.get(f"/controls/breaches/{due_to_admin.id}/").status_code == 403


@pytest.mark.parametrize("role", ["reception", "surgeon"])
def test_breach_of_somebody_elses_is_denied(
    due_to_admin: Breach, client: Client, person: Callable[..., Account], role: str
) -> None:
    client.force_login(person(role))
    assert client.get(f"/controls/breaches/{due_to_admin.id}/").status_code == 403


def test_breach_is_denied_to_the_same_role_elsewhere(
    due_to_admin: Breach, client: Client, person: Callable[..., Account], other_site: Site
) -> None:
    client.force_login(person("admin", "outsider", at_site=other_site))
    assert client.get(f"/controls/breaches/{due_to_admin.id}/").status_code == 403
