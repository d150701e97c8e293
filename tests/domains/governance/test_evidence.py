"""Clauses in force by the way they are carried out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from liangyi.domains.governance import services
from liangyi.domains.governance.models import Clause, Match, PolicyVersion
from liangyi.domains.governance.queries.evidence import (
    Filters,
    board,
    clause_health,
    clauses_behind,
    register_rows,
)
from liangyi.platform import errors
from liangyi.platform.access.models import Account, Site
from liangyi.platform.access.queries import actor_for
from liangyi.platform.actors import Actor, system
from liangyi.platform.audit.services import recorded
from liangyi.platform.controls.models import Breach, Verdict, WatchRun

GATE, WATCH = "scheduling.privacy_consent", "staff.credential_expiring"
TEXT = "就诊制度\n一、接诊\n预约前须取得隐私同意。\n医生证照应当有效。\n不得让患者久等。\n应爱护花草。\n"


@pytest.fixture
def version(setup_actor: Actor, at: datetime, site: Site) -> PolicyVersion:
    """Four clauses in force: one by a gate, one by a watch, one that nothing fits, one nobody reviewed."""
    found = services.import_policy(actor=setup_actor, at=at, content=TEXT.encode())
    with recorded(setup_actor):
        PolicyVersion.objects.filter(id=found.id).update(
            state="released", released_at=at, effective_from=at.date()
        )
        for number, control in ((0, GATE), (1, WATCH), (2, "")):
            say(rules(found)[number], control, at)
    found.refresh_from_db()
    return found


def rules(version: PolicyVersion) -> list[Clause]:
    return list(version.clauses.filter(kind__in=("obligation", "prohibition")).order_by("position"))


def say(clause: Clause, control: str, at: datetime, state: str = "confirmed") -> Match:
    with recorded(system("test")):
        return Match.objects.create(
            policy=clause.version.policy,
            identity=clause.identity,
            control=control,
            state=state,
            clause=clause,
            decided_at=at,
        )


@pytest.fixture
def asked(site: Site, at: datetime) -> Callable[..., Verdict]:
    """`asked()` is an appointment for which consent was asked."""

    def make(place: Site = site, days: int = 1) -> Verdict:
        with recorded(system("test")):
            return Verdict.objects.create(
                decision="BookAppointment",
                at=at - timedelta(days=days),
                site=place,
                actor_kind="staff",
                actor_name="前台",
                outcome="passed",
                passed=[GATE],
            )

    return make


def expired(site: Site, at: datetime) -> None:
    """The watch has run and found something."""
    with recorded(system("test")):
        WatchRun.objects.create(control=WATCH, at=at, found=1, opened=1, closed=0)
        Breach.objects.create(
            control=WATCH, site=site, subject_type="access.site", subject_id=site.id, opened_at=at
        )


def span(at: datetime, days: int = 30) -> tuple[date, date]:
    return at.date() - timedelta(days=days - 1), at.date()


def healths(actor: Actor, site: Site, at: datetime, **asked: Any) -> list[str]:
    found = register_rows(actor, site.id, *span(at), Filters(**asked), at=at)
    return [str(row.health) for row in found.rows]


def test_register_tells_how_each_clause_fares(
    quality: Actor, version: PolicyVersion, asked: Callable[..., Verdict], site: Site, at: datetime
) -> None:
    assert healths(quality, site, at) == ["unproven", "unproven", "nothing", "nothing"]
    asked()
    expired(site, at)
    assert healths(quality, site, at) == ["carried_out", "in_breach", "nothing", "nothing"]
    found = register_rows(quality, site.id, *span(at), Filters(), at=at)
    assert [row.why_nothing for row in found.rows] == ["", "", "none_fits", "unreviewed"]


@pytest.mark.parametrize(
    ("filters", "count"),
    [
        ({"health": "unproven"}, 2),
        ({"by": "gate"}, 1),
        ({"by": "nothing"}, 2),
        ({"kind": "prohibition"}, 1),
        ({"text": "证照"}, 1),
        ({"text": "%"}, 0),
        ({"chapter": "一、接诊"}, 4),
        ({"chapter": "二、"}, 0),
    ],
)
def test_register_is_narrowed(
    quality: Actor, version: PolicyVersion, site: Site, at: datetime, filters: dict[str, str], count: int
) -> None:
    found = register_rows(quality, site.id, *span(at), Filters(**filters), at=at)
    assert (found.total, len(found.rows)) == (count, count)


def test_chips_count_what_each_choice_would_show(
    quality: Actor, version: PolicyVersion, site: Site, at: datetime
) -> None:
    found = register_rows(quality, site.id, *span(at), Filters(by="gate"), at=at)
    assert found.healths == {"unproven": 1}
    assert found.ways == {"gate": 1, "watch": 1, "nothing": 2}


def test_register_comes_in_pages(quality: Actor, version: PolicyVersion, site: Site, at: datetime) -> None:
    first = register_rows(quality, site.id, *span(at), Filters(), at=at, limit=3)
    rest = register_rows(quality, site.id, *span(at), Filters(), at=at, limit=3, after=first.next_key)
    assert [row.clause for row in (*first.rows, *rest.rows)] == [clause.id for clause in rules(version)]
    assert (first.total, rest.next_key) == (4, "")


def test_drafts_are_only_for_trying_out(
    quality: Actor, version: PolicyVersion, site: Site, at: datetime, setup_actor: Actor
) -> None:
    services.import_policy(
        actor=setup_actor, at=at, policy=version.policy_id, content=f"{TEXT}应每日消毒。\n".encode()
    )
    assert len(healths(quality, site, at)) == 4
    tried = register_rows(quality, site.id, *span(at), Filters(), at=at, drafts=True)
    assert [row.version for row in tried.rows] == [2] * 5
    assert tried.rows[0].codes == (GATE,)


def test_outsider_and_reception_are_denied(
    version: PolicyVersion, person: Callable[..., Account], site: Site, other_site: Site, at: datetime
) -> None:
    outsider = actor_for(person("quality", "outsider", at_site=other_site))
    for actor, error in ((outsider, errors.Missing), (actor_for(person("reception")), errors.Denied)):
        with pytest.raises(error):
            register_rows(actor, site.id, *span(at), Filters(), at=at)
        with pytest.raises(error):
            board(actor, site.id, *span(at), at=at)


def test_board_shows_only_sites_of_the_reader(
    quality: Actor,
    version: PolicyVersion,
    asked: Callable[..., Verdict],
    site: Site,
    other_site: Site,
    at: datetime,
) -> None:
    asked(other_site)
    found = board(quality, site.id, *span(at), at=at, sites=[site.id, other_site.id])
    assert found.sites == {site.id: {"unproven": 2, "nothing": 2}}


def test_board_by_policy_chapter_and_month(
    quality: Actor, version: PolicyVersion, asked: Callable[..., Verdict], site: Site, at: datetime
) -> None:
    asked()
    asked(days=65)
    expired(site, at)
    found = board(quality, site.id, *span(at), at=at)
    policy = found.policies[0]
    assert policy.counts == {"carried_out": 1, "in_breach": 1, "nothing": 2}
    assert policy.parts["一、接诊"].total == found.total == 4
    months = dict(found.months)
    assert (len(months), months["2026-09"]["carried_out"], months["2026-11"]["in_breach"]) == (12, 1, 1)
    assert [row.text for row in found.worst] == ["医生证照应当有效。"]


def test_clause_is_as_well_as_its_worst_control(
    quality: Actor, version: PolicyVersion, asked: Callable[..., Verdict], site: Site, at: datetime
) -> None:
    clause = rules(version)[0]
    say(clause, WATCH, at)
    say(clause, "facilities.calibration_due", at, state="rejected")
    asked()
    found = clause_health(quality, [clause.identity], site.id, *span(at), at=at)[clause.identity]
    assert (found.health, [one.code for one in found.controls]) == ("unproven", [WATCH, GATE])


def test_clauses_behind_a_control_are_those_in_force(
    version: PolicyVersion, at: datetime, setup_actor: Actor, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        found = clauses_behind([GATE, WATCH, "no.such"])
    assert [(ref.policy, ref.number) for ref in found[GATE]] == [("就诊制度", rules(version)[0].number)]
    assert found["no.such"] == []
    with recorded(setup_actor):
        PolicyVersion.objects.update(state="replaced")
    assert clauses_behind([GATE])[GATE] == []


@pytest.mark.parametrize("count", [1, 3])
def test_statements_are_constant(
    quality: Actor,
    site: Site,
    at: datetime,
    setup_actor: Actor,
    count: int,
    django_assert_num_queries: Any,
) -> None:
    for _ in range(count):
        found = services.import_policy(actor=setup_actor, at=at, content=TEXT.encode())
        with recorded(setup_actor):
            PolicyVersion.objects.filter(id=found.id).update(
                state="released", released_at=at, effective_from=at.date()
            )
        say(rules(found)[0], GATE, at)
    with django_assert_num_queries(4):
        register_rows(quality, site.id, *span(at), Filters(), at=at)
    with django_assert_num_queries(5):
        board(quality, site.id, *span(at), at=at)
