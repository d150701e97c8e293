"""Clauses set values: asked for by one, approved by another, the strictest in force, never laxer than law."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from liangyi.domains.governance import services
from liangyi.domains.governance.models import Match, PolicyVersion, Setting
from liangyi.domains.governance.queries.parameters import conflicts, counted_settings, settings_of, stated
from liangyi.domains.governance.services.life import release_version, retire_policy, submit_version
from liangyi.domains.governance.services.parameters import (
    recompute,
    request_end,
    request_setting,
    withdraw_setting,
)
from liangyi.platform.access.models import Account, Site
from liangyi.platform.access.queries import actor_for
from liangyi.platform.actors import Actor
from liangyi.platform.approvals import queries as approvals
from liangyi.platform.approvals.models import Approval
from liangyi.platform.approvals.services import decide
from liangyi.platform.controls.models import ParameterValue
from liangyi.platform.controls.queries import parameter
from liangyi.platform.errors import Conflict, Denied, Invalid, LiangyiError, Missing

pytestmark = pytest.mark.django_db
EXPIRING, DAYS = "staff.credential_expiring", "days_before"
TEXT = "{title}\n一、证照\n证照到期前{days}天应提醒本人。\n应做好记录。\n"
TODAY = date(2026, 11, 23)
NEXT_WEEK = TODAY + timedelta(days=7)


@pytest.fixture
def director(person: Callable[..., Account]) -> Actor:
    return actor_for(person("director"))


@dataclass
class House:
    """The quality manager asks, the director decides."""

    quality: Actor
    director: Actor
    at: datetime

    def policy(
        self, title: str = "证照管理", days: int = 60, version: PolicyVersion | None = None
    ) -> PolicyVersion:
        """A policy in force, or its next version."""
        text = TEXT.format(title=title, days=days)
        owner = version.policy_id if version else None
        read = services.import_policy(actor=self.quality, at=self.at, content=text.encode(), policy=owner)
        return self.release(read)

    def release(self, version: PolicyVersion) -> PolicyVersion:
        submit_version(actor=self.quality, at=self.at, version=version.id)
        asked = approvals.waiting_on(("governance.version", version.id), "governance.version")
        assert asked is not None
        decide(actor=self.director, at=self.at, approval=asked, approve=True)
        return release_version(actor=self.quality, at=self.at, version=version.id, effective_from=TODAY)

    def match(self, version: PolicyVersion, control: str = EXPIRING) -> Match:
        clause = version.clauses.get(number="1.p1")
        return services.decide_match(
            actor=self.quality, at=self.at, clause=clause.id, control=control, state="confirmed"
        )

    def ask(self, match: Match, value: Any = "60", first: date = NEXT_WEEK, **more: Any) -> Setting:
        asked: dict[str, Any] = {"parameter": DAYS, "value": value, "effective_from": first} | more
        return request_setting(actor=self.quality, at=self.at, match=match.id, **asked)

    def say(self, setting: Setting, *, yes: bool = True, at: datetime | None = None) -> None:
        asked = next(
            a for a in approvals.history_of(("governance.setting", setting.id)) if a.state == "waiting"
        )
        decide(actor=self.director, at=at or self.at, approval=asked, approve=yes, note="已核")

    def set(self, match: Match, value: Any = "60", first: date = NEXT_WEEK, **more: Any) -> Setting:
        setting = self.ask(match, value, first, **more)
        self.say(setting)
        setting.refresh_from_db()
        return setting


@pytest.fixture
def house(quality: Actor, director: Actor, at: datetime) -> House:
    return House(quality, director, at)


@pytest.fixture
def match(house: House) -> Match:
    return house.match(house.policy())


def in_force(day: date, site: Site | None = None) -> int:
    return int(parameter(EXPIRING, DAYS, site.id if site else None, day))


def test_request_changes_nothing_until_another_approves(house: House, match: Match) -> None:
    setting = house.ask(match)
    assert in_force(NEXT_WEEK) == 90
    house.say(setting)
    assert (in_force(NEXT_WEEK - timedelta(days=1)), in_force(NEXT_WEEK)) == (90, 60)


def test_requester_cannot_approve(house: House, match: Match, director: Actor, at: datetime) -> None:
    setting = request_setting(
        actor=director, at=at, match=match.id, parameter=DAYS, value=60, effective_from=NEXT_WEEK
    )
    with pytest.raises(Invalid):
        house.say(setting)
    assert in_force(NEXT_WEEK) == 90


def test_refused_or_withdrawn_value_never_holds(
    house: House, match: Match, quality: Actor, at: datetime
) -> None:
    house.say(house.ask(match), yes=False)
    withdraw_setting(actor=quality, at=at, setting=house.ask(match).id)
    assert not ParameterValue.objects.exists()
    assert sorted(Setting.objects.values_list("state", flat=True)) == ["refused", "withdrawn"]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ("7", "护士条例"),
        ("400", "至多 365"),
        ("许多", "请填写数字"),
        ("60 小时", "单位是天"),
        ("60.5", "整数"),
        ("", "请填写"),
    ],
)
def test_value_out_of_bounds_says_why(house: House, match: Match, value: str, said: str) -> None:
    with pytest.raises(Invalid) as error:
        house.ask(match, value)
    assert said in str(error.value.fields["value"][0])
    assert not Setting.objects.exists()


def test_every_complaint_is_told_at_once(house: House, match: Match) -> None:
    with pytest.raises(Invalid) as error:
        house.ask(match, "7", TODAY - timedelta(days=1), effective_to=TODAY - timedelta(days=2))
    assert set(error.value.fields) == {"value", "effective_from", "effective_to"}


def test_value_needs_a_confirmed_match_of_a_built_control(house: House, at: datetime, quality: Actor) -> None:
    version = house.policy()
    planned = house.match(version, "organisation.licence_verification")
    with pytest.raises(Invalid, match="还没有建成"):
        house.ask(planned)
    rejected = house.match(version)
    clause = version.clauses.get(number="1.p1")
    services.decide_match(actor=quality, at=at, clause=clause.id, control=EXPIRING, state="rejected")
    with pytest.raises(Conflict):
        house.ask(rejected)


def test_only_who_may_asks(
    house: House, match: Match, reception: Actor, other_site: Site, at: datetime
) -> None:
    order: dict[str, Any] = {"match": match.id, "parameter": DAYS, "value": 60, "effective_from": NEXT_WEEK}
    with pytest.raises(Denied):
        request_setting(actor=reception, at=at, **order)
    with pytest.raises(Missing):
        house.ask(match, site=other_site.id)
    assert not Setting.objects.exists()


def test_one_request_waits_at_a_time(house: House, match: Match, site: Site) -> None:
    house.ask(match)
    with pytest.raises(Conflict):
        house.ask(match, 45)
    house.ask(match, 45, site=site.id)


def test_site_goes_before_group_before_default(
    house: House, match: Match, site: Site, other_site: Site
) -> None:
    house.set(match, 60)
    house.set(match, 45, site=site.id)
    assert (in_force(NEXT_WEEK, site), in_force(NEXT_WEEK, other_site), in_force(NEXT_WEEK)) == (45, 60, 60)
    assert in_force(TODAY, site) == 90


def test_strictest_of_two_clauses_wins_on_every_day(house: House, match: Match) -> None:
    other = house.match(house.policy("另一份", 120))
    house.set(match, 60, effective_to=NEXT_WEEK + timedelta(days=20))
    house.set(other, 120, NEXT_WEEK + timedelta(days=5), effective_to=NEXT_WEEK + timedelta(days=10))
    days = [NEXT_WEEK + timedelta(days=n) for n in (0, 5, 10, 11, 20, 21)]
    assert [in_force(day) for day in days] == [60, 120, 120, 60, 60, 90]


def test_conflict_names_both_clauses_and_which_holds(house: House, match: Match) -> None:
    other = house.match(house.policy("另一份", 120))
    house.set(match, 60)
    asked = house.ask(other, 120)
    facts = approvals.history_of(("governance.setting", asked.id))[0].facts
    assert [each["policy"] for each in facts["others"]] == ["证照管理"]
    house.say(asked)
    found = conflicts(stated(counted_settings()), TODAY)[EXPIRING, DAYS, None]
    assert ({row.value for row in found.settings}, found.holds.value) == ({60, 120}, 120)


def test_clause_may_relax_what_it_set_itself(house: House, match: Match) -> None:
    first = house.set(match, 120)
    house.set(match, 60, NEXT_WEEK + timedelta(days=30))
    first.refresh_from_db()
    assert first.effective_to == NEXT_WEEK + timedelta(days=29)
    assert [in_force(NEXT_WEEK + timedelta(days=n)) for n in (0, 29, 30)] == [120, 120, 60]


def test_late_approval_takes_effect_from_that_day(house: House, match: Match, at: datetime) -> None:
    setting = house.ask(match, 60, TODAY)
    house.say(setting, at=at + timedelta(days=3))
    assert [in_force(TODAY + timedelta(days=n)) for n in (2, 3)] == [90, 60]


def test_draft_sets_nothing_until_it_is_released(house: House, quality: Actor, at: datetime) -> None:
    text = TEXT.format(title="草稿", days=60)
    draft = services.import_policy(actor=quality, at=at, content=text.encode())
    house.set(house.match(draft), 60)
    assert in_force(NEXT_WEEK) == 90
    house.release(draft)
    assert in_force(NEXT_WEEK) == 60


def test_value_ends_with_its_clause(house: House, match: Match, quality: Actor, at: datetime) -> None:
    kept = house.set(match, 60, TODAY)
    waiting = house.ask(match, 45)
    text = "证照管理\n一、会议\n每月应召开例会。\n"
    newer = services.import_policy(
        actor=quality, at=at + timedelta(days=2), content=text.encode(), policy=match.policy_id
    )
    house.at = at + timedelta(days=2)
    submit_version(actor=quality, at=house.at, version=newer.id)
    asked = approvals.waiting_on(("governance.version", newer.id), "governance.version")
    decide(actor=house.director, at=house.at, approval=asked, approve=True)
    day = TODAY + timedelta(days=2)
    release_version(actor=quality, at=house.at, version=newer.id, effective_from=day)
    assert [in_force(TODAY), in_force(day - timedelta(days=1)), in_force(day)] == [60, 60, 90]
    assert [Setting.objects.get(id=row.id).state for row in (kept, waiting)] == ["ended", "withdrawn"]


def test_value_ends_with_its_policy(house: House, match: Match, at: datetime) -> None:
    house.set(match, 60, TODAY)
    retire_policy(actor=house.director, at=at + timedelta(days=1), policy=match.policy_id, reason="合并")
    assert [in_force(TODAY), in_force(TODAY + timedelta(days=1))] == [60, 90]


def test_end_is_asked_for_and_approved_too(house: House, match: Match, quality: Actor, at: datetime) -> None:
    setting = house.set(match, 60, TODAY)
    request_end(actor=quality, at=at, setting=setting.id, ends_on=NEXT_WEEK)
    assert in_force(NEXT_WEEK) == 60
    house.say(setting)
    assert [in_force(NEXT_WEEK - timedelta(days=1)), in_force(NEXT_WEEK)] == [60, 90]


def test_ended_value_frees_the_match(house: House, match: Match, quality: Actor, at: datetime) -> None:
    setting = house.set(match, 60)
    clause = match.clause_id
    with pytest.raises(Conflict):
        services.decide_match(actor=quality, at=at, clause=clause, control=EXPIRING, state="rejected")
    request_end(actor=quality, at=at, setting=setting.id, ends_on=TODAY)
    house.say(setting)
    services.decide_match(actor=quality, at=at, clause=clause, control=EXPIRING, state="rejected")
    assert in_force(NEXT_WEEK) == 90


def test_second_reckoning_changes_nothing(
    house: House, match: Match, setup_actor: Actor, at: datetime
) -> None:
    house.set(match, 60)
    rows = list(ParameterValue.objects.values())
    assert recompute(actor=setup_actor, at=at, control=EXPIRING) is False
    assert list(ParameterValue.objects.values()) == rows


def test_value_tells_where_it_comes_from(house: House, match: Match) -> None:
    setting = house.set(match, 60)
    row = ParameterValue.objects.get()
    assert (row.source_type, row.source_id) == ("governance.setting", setting.id)
    assert [found.id for found in settings_of(match.identity)] == [setting.id]


@pytest.mark.django_db(transaction=True)
def test_two_approvals_at_once_leave_the_strictest(house: House, match: Match, person: Any) -> None:
    other = house.match(house.policy("另一份", 120))
    second = actor_for(person("director", "second director"))
    asked = [house.ask(match, 60), house.ask(other, 120)]
    waiting = [Approval.objects.get(subject_id=setting.id) for setting in asked]

    def approve(pair: tuple[Actor, Approval]) -> str:
        try:
            decide(actor=pair[0], at=house.at, approval=pair[1], approve=True)
        except LiangyiError as error:
            return error.code
        finally:
            connection.close()
        return "approved"

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(approve, zip((house.director, second), waiting, strict=True)))
    assert said == ["approved", "approved"]
    assert in_force(NEXT_WEEK) == 120
