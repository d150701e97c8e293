"""The register, the board, and a clause down to its records."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from liangyi.api.problems import refusals_of
from liangyi.domains.governance.models import Clause, Match, PolicyVersion
from liangyi.platform import clock
from liangyi.platform.access.models import Account, Site
from liangyi.platform.access.queries import actor_for
from liangyi.platform.actors import system
from liangyi.platform.audit.services import recorded
from liangyi.platform.controls.models import Breach, Verdict, WatchRun
from liangyi.platform.errors import Refusal, Refused
from liangyi.web.shell.refusals import shown

GATE, WATCH = "scheduling.privacy_consent", "staff.credential_expiring"


@pytest.fixture
def tied(version: PolicyVersion) -> Callable[..., Clause]:
    """`tied(GATE)` is the first duty of the version, in force and confirmed for that control."""

    def make(control: str, number: int = 0, state: str = "released") -> Clause:
        clause = version.clauses.filter(kind="obligation").order_by("position")[number]
        now = clock.now()
        with recorded(system("test")):
            PolicyVersion.objects.filter(id=version.id).update(
                state=state, released_at=now, effective_from=now.date()
            )
            Match.objects.create(
                policy=version.policy,
                identity=clause.identity,
                control=control,
                state="confirmed",
                clause=clause,
                decided_at=now,
            )
        return clause

    return make


@pytest.fixture
def refused(site: Site) -> Callable[..., Verdict]:
    """`refused()` is an appointment that was refused for want of consent."""

    def make(hours: int = 1) -> Verdict:
        with recorded(system("test")):
            return Verdict.objects.create(
                decision="BookAppointment",
                at=clock.now() - timedelta(hours=hours),
                site=site,
                actor_kind="staff",
                actor_name="前台",
                subject_type="patients.patient",
                subject_id=uuid4(),
                outcome="refused",
                refusals=[{"control": GATE, "reason": "没有<b>同意", "facts": {}}],
            )

    return make


@pytest.mark.parametrize("address", ["/policies/register/", "/policies/board/"])
def test_without_a_policy_in_force_the_page_says_what_to_do(quality: Client, address: str) -> None:
    page = quality.get(address).content.decode()
    assert "还没有施行中的制度" in page
    assert "drafts=1" in page


@pytest.mark.parametrize("address", ["/policies/register/", "/policies/board/"])
@pytest.mark.parametrize(("role", "status"), [("quality", 200), ("director", 200), ("surgeon", 403)])
def test_evidence_is_for_quality_and_director(
    browser: Callable[..., Client], address: str, role: str, status: int
) -> None:
    assert browser(role).get(address).status_code == status


def test_register_shows_clause_way_and_health(
    quality: Client, tied: Callable[..., Clause], refused: Callable[..., Verdict]
) -> None:
    clause = tied(GATE)
    refused()
    page = quality.get("/policies/register/")
    assert [line.health.code for line in page.context["lines"]] == ["carried_out", "nothing"]
    text = page.content.decode()
    assert f"/policies/clauses/{clause.id}/" in text
    assert "闸口" in text
    assert "还没有审阅对应的控制点" in text


def test_filters_stand_in_the_address(quality: Client, tied: Callable[..., Clause]) -> None:
    tied(GATE)
    assert quality.get("/policies/register/?health=unproven&by=gate").context["total"] == 1
    assert quality.get("/policies/register/?text=记录").context["total"] == 1
    assert quality.get("/policies/register/?health=x&by=x&kind=x&policy=x&after=x").context["total"] == 2
    assert "没有这样的条款" in quality.get("/policies/register/?text=牙椅").content.decode()


@pytest.mark.parametrize(
    ("query", "days"),
    [("", 30), ("days=365", 365), ("days=7", 30), ("from=2026-01-01&to=2026-01-31", 31), ("from=x&to=y", 30)],
)
def test_period_stands_in_the_address(
    quality: Client, tied: Callable[..., Clause], query: str, days: int
) -> None:
    tied(GATE)
    period = quality.get(f"/policies/register/?{query}").context["period"]
    assert (period.last - period.first).days + 1 == days


def test_drafts_are_marked(quality: Client, tied: Callable[..., Clause]) -> None:
    tied(GATE, state="draft")
    assert "还没有施行中的制度" in quality.get("/policies/register/").content.decode()
    page = quality.get("/policies/register/?drafts=1").content.decode()
    assert "不作为证据" in page
    assert "接到投诉后5个工作日内答复" in page


@pytest.mark.parametrize(
    ("asked", "packed"),
    [
        ("", "policy=all"),
        ("?days=90", "days=90&policy=all"),
        ("?text=%E7%AD%94%E5%A4%8D&kind=obligation", "text=%E7%AD%94%E5%A4%8D&kind=obligation"),
    ],
)
def test_register_leads_to_a_pack_of_what_it_shows(
    quality: Client, tied: Callable[..., Clause], asked: str, packed: str
) -> None:
    tied(GATE)
    page = quality.get(f"/policies/register/{asked}")
    address = page.context["pack_url"]
    assert address == f"/policies/packs/new/?{packed}"
    assert "做成证据包" in page.content.decode()
    chosen = quality.get(address).content.decode()
    assert chosen.count('name="clauses"') == page.context["total"] > 0


def test_drafts_and_nothing_at_all_make_no_pack(quality: Client, tied: Callable[..., Clause]) -> None:
    tied(GATE)
    for asked in ("?drafts=1", "?text=xyz"):
        assert quality.get(f"/policies/register/{asked}").context["pack_url"] == ""


def test_board_leads_to_the_register(
    quality: Client, tied: Callable[..., Clause], refused: Callable[..., Verdict]
) -> None:
    clause = tied(GATE)
    refused()
    page = quality.get("/policies/board/")
    assert page.context["here"].label == "已落实 1，有违规 0，待证实 0，尚无 1"
    assert f"/policies/register/?policy={clause.version.policy_id}" in page.content.decode()
    assert len(page.context["months"]) == 12


def test_clause_page_goes_down_to_the_record(
    quality: Client, tied: Callable[..., Clause], refused: Callable[..., Verdict]
) -> None:
    clause, verdict = tied(GATE), refused()
    page = quality.get(f"/policies/clauses/{clause.id}/").content.decode()
    assert f"/controls/verdicts/{verdict.id}/" in page
    assert "没有&lt;b&gt;同意" in page
    assert "已拦下" in page
    assert "已确认：已同意隐私告知" in page


def test_breach_puts_the_clause_in_breach(quality: Client, tied: Callable[..., Clause], site: Site) -> None:
    clause = tied(WATCH)
    with recorded(system("test")):
        WatchRun.objects.create(control=WATCH, at=clock.now(), found=1, opened=1, closed=0)
        breach = Breach.objects.create(
            control=WATCH, site=site, subject_type="x", subject_id=uuid4(), opened_at=clock.now()
        )
    page = quality.get(f"/policies/clauses/{clause.id}/")
    assert page.context["health"].code == "in_breach"
    assert f"/controls/breaches/{breach.id}/" in page.content.decode()
    assert "监测运行一次" in page.content.decode()
    only = quality.get(f"/policies/clauses/{clause.id}/?only=failing").context["records"]
    assert [record.label for record in only] == ["未解除"]


def test_surgeon_reads_the_clause_without_evidence(
    browser: Callable[..., Client], tied: Callable[..., Clause], refused: Callable[..., Verdict]
) -> None:
    clause, verdict = tied(GATE), refused()
    page = browser("surgeon").get(f"/policies/clauses/{clause.id}/").content.decode()
    assert "已同意隐私告知" in page
    assert str(verdict.id) not in page
    assert "待证实" not in page


def test_outsider_sees_policies_but_no_evidence_of_this_site(
    client: Client,
    person: Callable[..., Account],
    tied: Callable[..., Clause],
    refused: Callable[..., Verdict],
    other_site: Site,
    site: Site,
) -> None:
    clause, verdict = tied(GATE), refused()
    client.force_login(person("quality", "outsider", at_site=other_site))
    page = client.get(f"/policies/clauses/{clause.id}/?site={site.id}")
    assert str(verdict.id) not in page.content.decode()
    assert page.context["period"].site == other_site


@pytest.mark.parametrize("rows", [1, 3])
def test_clause_costs_the_same_for_one_and_three(
    rows: int,
    quality: Client,
    tied: Callable[..., Clause],
    refused: Callable[..., Verdict],
    django_assert_num_queries: Any,
) -> None:
    clause = tied(GATE)
    for hours in range(1, rows + 1):
        refused(hours)
    quality.get(f"/policies/clauses/{clause.id}/")
    with django_assert_num_queries(21):
        quality.get(f"/policies/clauses/{clause.id}/")
    with django_assert_num_queries(10):
        quality.get("/policies/register/")


def test_clause_opens_in_the_drawer(
    quality: Client, tied: Callable[..., Clause], refused: Callable[..., Verdict]
) -> None:
    clause = tied(GATE)
    refused()
    headers = {"HX-Request": "true", "HX-Target": "drawer-body"}
    page = quality.get(f"/policies/clauses/{clause.id}/", headers=headers).content.decode()
    assert "<html" not in page
    assert 'id="load-more"' not in page


@pytest.mark.parametrize(("role", "is_link"), [("quality", True), ("reception", False)])
def test_refusal_names_the_clause_it_serves(
    person: Callable[..., Account], tied: Callable[..., Clause], role: str, is_link: bool
) -> None:
    clause = tied(GATE)
    refusals = shown(Refusal(GATE, "没有同意"), actor_for(person(role)))
    found = refusals[0].clauses[0]
    assert (found.policy, found.number) == ("投诉制度", clause.number)
    assert found.url == (f"/policies/clauses/{clause.id}/" if is_link else "")


def test_rest_refusal_names_the_clause_it_serves(tied: Callable[..., Clause]) -> None:
    clause = tied(GATE)
    refused = refusals_of(Refused("BookAppointment", [Refusal(GATE, "没有同意"), Refusal("none", "x")]))
    assert refused[0]["clauses"] == [
        {"policy": "投诉制度", "number": clause.number, "url": f"/policies/clauses/{clause.id}/"}
    ]
    assert refused[1]["clauses"] == []


@pytest.mark.parametrize(("role", "sees"), [("quality", True), ("surgeon", False)])
def test_tabs_lead_only_where_the_reader_may_go(
    browser: Callable[..., Client], role: str, sees: bool
) -> None:
    page = browser(role).get("/policies/").content.decode()
    assert ("/policies/register/" in page) is sees
    assert ("/policies/board/" in page) is sees
