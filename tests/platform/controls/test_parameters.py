"""What a parameter may be set to, which value binds most, what is in force on a day; writing values."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.controls.catalogue import Parameter, controls
from liangyi.platform.controls.models import ParameterValue
from liangyi.platform.controls.parameters import (
    Span,
    Step,
    bound_problem,
    checked,
    course,
    in_force,
    legal_bound,
    strictest,
    typed_value,
)
from liangyi.platform.controls.setting import NewValue, set_values
from liangyi.platform.controls.values import course_for, value_in_force, values_on
from liangyi.platform.errors import Invalid

DAYS = Parameter("days", "integer", 90, "天", stricter="higher", lowest=30, highest=365, legal="某条例第十条")
REPLY = Parameter("reply", "integer", 5, "工作日", stricter="lower", lowest=1, highest=10, legal="某办法")
SHARE = Parameter("share", "decimal", Decimal("0.95"), "%", lowest=Decimal("0.5"))
OPEN = Parameter("open", "boolean", True, stricter="higher")
WORDS = Parameter("words", "text", "")
DAY = date(2026, 11, 23)
CONTROL, NAME = "staff.credential_expiring", "days_before"


def on(day: int) -> date:
    return DAY + timedelta(days=day)


@pytest.mark.parametrize(
    ("parameter", "typed", "kept"),
    [
        (DAYS, "60", 60),
        (DAYS, " ６０ 天 ", 60),
        (DAYS, 60, 60),
        (DAYS, "60.0", 60),
        (REPLY, "3个工作日", 3),
        (SHARE, "0.98", "0.98"),
        (SHARE, "1,000", "1000"),
        (OPEN, "是", True),
        (OPEN, "否", False),
        (OPEN, "True", True),
        (WORDS, " 满意 ", "满意"),
    ],
)
def test_typed_value_is_kept_as_its_kind(parameter: Parameter, typed: Any, kept: Any) -> None:
    assert checked(parameter, typed) == kept


@pytest.mark.parametrize(
    ("parameter", "typed", "said"),
    [
        (DAYS, "29", "法定至少 30 天（某条例第十条）"),
        (DAYS, "366", "至多 365 天"),
        (REPLY, "11", "法定至多 10 工作日（某办法）"),
        (REPLY, "0", "至少 1 工作日"),
        (DAYS, "两个月", "请填写数字"),
        (DAYS, "3 小时", "单位是天"),
        (DAYS, "1.5", "整数"),
        (DAYS, "9" * 60, "请填写数字"),
        (DAYS, "-1", "法定至少"),
        (OPEN, "也许", "是或否"),
        (WORDS, "", "请填写"),
        (WORDS, "字" * 201, "最多 200 个字"),
    ],
)
def test_value_that_may_not_be_is_refused(parameter: Parameter, typed: str, said: str) -> None:
    with pytest.raises(Invalid) as error:
        checked(parameter, typed)
    assert said in str(error.value.fields["value"][0])


@pytest.mark.parametrize(
    ("parameter", "values", "best"),
    [
        (DAYS, [60, 120, 90], 120),
        (REPLY, [5, 3], 3),
        (OPEN, [False, True], True),
        (SHARE, [1, 2], None),
        (DAYS, [], None),
    ],
)
def test_strictest_value_goes_by_the_parameter(parameter: Parameter, values: list[Any], best: Any) -> None:
    assert strictest(parameter, values) == best


def test_legal_bound_is_on_the_lax_side() -> None:
    assert [legal_bound(each) for each in (DAYS, REPLY, SHARE)] == [30, 10, None]


@pytest.mark.parametrize(
    ("day", "value"), [(-1, None), (0, 60), (4, 60), (5, 45), (9, 45), (10, 60), (20, 60), (21, None)]
)
def test_site_goes_before_group_while_it_lasts(day: int, value: int | None) -> None:
    spans = [Span(60, on(0), on(20)), Span(45, on(5), on(9), is_site=True)]
    span = in_force(spans, on(day))
    assert (span.value if span else None) == value


def test_course_tells_every_change_from_a_day_on() -> None:
    spans = [
        Span(60, on(0), on(20)),
        Span(60, on(5), on(9), is_site=True),
        Span(45, on(15), on(16), is_site=True),
    ]
    assert course(spans, 90, on(3)) == (Step(on(3), 60), Step(on(15), 45), Step(on(17), 60), Step(on(21), 90))


def test_parameters_of_built_controls_are_well_bounded() -> None:
    for control in controls().values():
        for each in control.parameters:
            default = typed_value(each, each.default)
            assert bound_problem(each, default) == "", (control.code, each.name)
            assert not each.legal or legal_bound(each) is not None, (control.code, each.name)


@pytest.fixture
def write(setup_actor: Actor, at: datetime, db: None) -> Any:
    """`write([(value, first, last)], since)`: days counted from DAY."""

    def make(values: list[tuple[Any, ...]], since: int = 0, site: Site | None = None) -> bool:
        rows = [NewValue(v, on(first), None if last is None else on(last)) for v, first, last in values]
        place = site.id if site else None
        return set_values(
            actor=setup_actor,
            at=at,
            control=CONTROL,
            parameter=NAME,
            site=place,
            since=on(since),
            values=rows,
        )

    return make


def held(*days: int) -> list[int]:
    return [int(values_on(CONTROL, NAME, [None], on(day))[None]) for day in days]


def test_values_hold_on_their_days(write: Any) -> None:
    assert write([(60, 2, 5), (45, 6, None)])
    assert held(1, 2, 5, 6, 400) == [90, 60, 60, 45, 45]


def test_what_was_in_force_stays(write: Any) -> None:
    write([(60, 0, None)])
    assert write([(45, 0, None)], since=5)
    assert held(0, 4, 5) == [60, 60, 45]
    assert write([], since=7)
    assert held(4, 6, 7) == [60, 45, 90]


def test_same_values_again_change_nothing(write: Any) -> None:
    write([(60, 0, 9), (45, 10, None)])
    rows = list(ParameterValue.objects.values())
    assert not write([(60, 0, 9), (45, 10, None)], since=3)
    assert list(ParameterValue.objects.values()) == rows


def test_value_that_goes_on_may_end_earlier(write: Any) -> None:
    write([(60, 0, None)])
    assert write([(60, 0, 9)], since=4)
    assert ParameterValue.objects.count() == 1
    assert held(9, 10) == [60, 90]


def test_overlapping_values_are_an_error(write: Any) -> None:
    with pytest.raises(ValueError, match="overlap"):
        write([(60, 0, None), (45, 3, None)])


def test_reads_agree(write: Any, site: Site, setup_actor: Actor) -> None:
    write([(60, 0, 9)])
    write([(45, 3, 5)], site=site)
    assert [step.value for step in course_for(CONTROL, NAME, site.id, on(0))] == [60, 45, 60, 90]
    found = [
        Site.objects.annotate(days=value_in_force(CONTROL, NAME, site.id, on(day))).get(id=site.id).days
        for day in (2, 3, 6, 10)
    ]
    assert found == [60, 45, 60, None]
    with recorded(setup_actor):
        assert values_on(CONTROL, NAME, [site.id, None], on(3)) == {site.id: 45, None: 60}
