from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest

from liangyi.platform import errors
from liangyi.platform.access.models import Account, Site
from liangyi.platform.access.queries import actor_for
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.controls.errors import WrongOverride
from liangyi.platform.controls.models import ParameterValue, Verdict
from liangyi.platform.controls.queries import parameter
from liangyi.platform.controls.services import Override, decide, deciding
from liangyi.platform.worklist.models import WorkItem
from liangyi.platform.worklist.services import finish_item

from .conftest import OpenDoor

pytestmark = pytest.mark.usefixtures("doors")
Person = Callable[..., Account]


def open_door(actor: Actor, site: Site, at: datetime, override: Override | None = None, **facts: Any) -> None:
    with deciding(actor=actor, at=at), recorded(actor):
        decide(OpenDoor(site.id, at, **facts), actor=actor, at=at, site=site, override=override)


def build_and_open(actor: Actor, site: Site, at: datetime) -> None:
    """A service that writes first, and calls another one that is refused."""
    with deciding(actor=actor, at=at), recorded(actor):
        Site.objects.create(name="不该留下")
        open_door(actor, site, at, age=9)


def test_passed_decision_leaves_one_verdict(site: Site, at: datetime, setup_actor: Actor) -> None:
    open_door(setup_actor, site, at)
    verdict = Verdict.objects.get()
    assert (verdict.outcome, verdict.decision) == ("passed", "OpenDoor")
    assert verdict.passed == ["door.grown_up", "door.key"]


def test_decide_costs_two_statements(
    site: Site, at: datetime, setup_actor: Actor, django_assert_num_queries: Any
) -> None:
    with recorded(setup_actor), django_assert_num_queries(2):
        decide(OpenDoor(site.id, at), actor=setup_actor, at=at, site=site)


def test_all_refusals_are_reported_at_once(site: Site, at: datetime, setup_actor: Actor) -> None:
    with pytest.raises(errors.Refused) as refused:
        open_door(setup_actor, site, at, age=9, has_key=False)
    assert [r.control for r in refused.value.refusals] == ["door.grown_up", "door.key"]
    assert refused.value.refusals[1].overridable_by == ("director",)


def test_refusal_verdict_survives_the_rollback(site: Site, at: datetime, setup_actor: Actor) -> None:
    with pytest.raises(errors.Refused):
        build_and_open(setup_actor, site, at)
    verdict = Verdict.objects.get()
    assert (verdict.outcome, verdict.passed) == ("refused", ["door.key"])
    assert verdict.refusals[0]["facts"] == {"age": 9}
    assert not Site.objects.filter(name="不该留下").exists()


@pytest.mark.django_db(transaction=True)
def test_refusal_inside_another_service_is_kept_by_the_outer_boundary(
    site: Site, at: datetime, setup_actor: Actor
) -> None:
    with pytest.raises(errors.Refused), deciding(actor=setup_actor, at=at):
        build_and_open(setup_actor, site, at)
    assert Verdict.objects.count() == 1
    assert not Site.objects.filter(name="不该留下").exists()


@pytest.mark.parametrize(
    ("where", "value", "opens"),
    [(None, 8, True), (None, 10, False), ("site", 8, True), ("other", 8, False)],
)
def test_policy_sets_the_parameter(
    site: Site, other_site: Site, at: datetime, setup_actor: Actor, where: str | None, value: int, opens: bool
) -> None:
    place = {None: None, "site": site, "other": other_site}[where]
    with recorded(setup_actor):
        ParameterValue.objects.create(
            control="door.grown_up", parameter="age", site=place, value=value, effective_from=date(2026, 1, 1)
        )
    if opens:
        open_door(setup_actor, site, at, age=9)
    else:
        with pytest.raises(errors.Refused):
            open_door(setup_actor, site, at, age=9)


def test_parameter_counts_from_its_day_site_before_group(
    site: Site, at: datetime, setup_actor: Actor
) -> None:
    rows = [(None, 16, date(2026, 1, 1)), (site, 14, date(2026, 6, 1)), (None, 20, date(2026, 7, 1))]
    with recorded(setup_actor):
        for place, value, day in rows:
            ParameterValue.objects.create(
                control="door.grown_up", parameter="age", site=place, value=value, effective_from=day
            )
    assert parameter("door.grown_up", "age", site.id, date(2025, 12, 31)) == 18
    assert parameter("door.grown_up", "age", site.id, date(2026, 5, 31)) == 16
    assert parameter("door.grown_up", "age", site.id, date(2026, 8, 1)) == 14
    assert parameter("door.grown_up", "age", None, date(2026, 8, 1)) == 20


def test_override_with_a_second_person_opens_a_review(site: Site, at: datetime, person: Person) -> None:
    director, nurse = actor_for(person("director")), actor_for(person("nurse"))
    override = Override(("door.key",), "锁坏了", nurse)
    open_door(director, site, at, override, has_key=False)
    verdict = Verdict.objects.get()
    assert verdict.outcome == "overridden"
    assert verdict.overrides.get().second_id == nurse.id
    review = WorkItem.objects.get(kind="controls.review_override", subject_id=verdict.id)
    assert review.role == "quality"


def test_override_needs_two_people_and_a_reason(site: Site, at: datetime, person: Person) -> None:
    director = actor_for(person("director"))
    with pytest.raises(errors.Invalid) as invalid:
        open_door(director, site, at, Override(("door.key",), " ", director), has_key=False)
    assert set(invalid.value.fields) == {"reason", "second"}
    assert not Verdict.objects.exists()


def test_override_takes_no_second_person_from_elsewhere_or_who_only_reads(
    site: Site, other_site: Site, at: datetime, person: Person
) -> None:
    director = actor_for(person("director"))
    outsider = actor_for(person("nurse", "outsider", at_site=other_site))
    guest = actor_for(person("inspector"))
    for second in (outsider, guest):
        with pytest.raises(WrongOverride) as wrong:
            open_door(director, site, at, Override(("door.key",), "锁坏了", second), has_key=False)
        assert set(wrong.value.fields) == {"second"}
    assert not Verdict.objects.exists()


def test_review_is_written_by_somebody_who_took_no_part(site: Site, at: datetime, person: Person) -> None:
    director, second, other = (
        actor_for(person(*names)) for names in (["director"], ["quality"], ["quality", "她"])
    )
    open_door(director, site, at, Override(("door.key",), "锁坏了", second), has_key=False)
    item = WorkItem.objects.get().id
    for actor, note, field in ((second, "看过", ""), (other, " ", "note")):
        with pytest.raises(errors.Invalid) as invalid:
            finish_item(actor=actor, at=at, item=item, note=note)
        assert set(invalid.value.fields) == {field}
    assert finish_item(actor=other, at=at, item=item, note="属实").done_by_id == other.id


def test_override_by_a_role_not_named_is_refused(site: Site, at: datetime, person: Person) -> None:
    nurse, director = actor_for(person("nurse")), actor_for(person("director"))
    with pytest.raises(errors.Refused):
        open_door(nurse, site, at, Override(("door.key",), "锁坏了", director), has_key=False)
    assert Verdict.objects.get().outcome == "refused"


def test_override_of_one_sets_nothing_aside_while_the_other_stands(
    site: Site, at: datetime, person: Person
) -> None:
    director, nurse = actor_for(person("director")), actor_for(person("nurse"))
    override = Override(("door.key", "door.grown_up"), "锁坏了", nurse)
    with pytest.raises(errors.Refused) as refused:
        open_door(director, site, at, override, has_key=False, age=9)
    assert [r.control for r in refused.value.refusals] == ["door.grown_up", "door.key"]
    assert not Verdict.objects.get().overrides.exists()


def test_decision_without_gates_passes_with_a_verdict(site: Site, at: datetime, setup_actor: Actor) -> None:
    with recorded(setup_actor):
        decide(object(), actor=setup_actor, at=at, site=site.id, subject=("door", uuid4()))
    assert Verdict.objects.get().passed == []
