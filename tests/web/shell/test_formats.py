"""How times, money and phones are written."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation

from liangyi.platform import clock
from liangyi.web.shell import formats

MOMENT = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)


def test_moment_is_written_in_the_active_zone() -> None:
    with timezone.override(ZoneInfo("Asia/Shanghai")):
        assert formats.moment(MOMENT) == "2026-11-21 14:30"
    with timezone.override(ZoneInfo("Asia/Urumqi")):
        assert formats.moment(MOMENT) == "2026-11-21 12:30"


def test_day_hour_and_weekday_follow_the_zone() -> None:
    late = datetime(2026, 11, 21, 17, 5, tzinfo=UTC)
    assert (formats.day(late), formats.hour(late), formats.weekday(late)) == ("2026-11-22", "01:05", "周日")
    assert formats.day(date(2026, 1, 2)) == "2026-01-02"


@pytest.mark.parametrize("nothing", [None, "", "soon", 12])
def test_moment_of_what_is_no_moment_is_empty(nothing: object) -> None:
    assert formats.moment(nothing) == formats.hour(nothing) == formats.since(nothing) == ""


def test_minutes_are_written_in_words() -> None:
    assert formats.minutes(12) == "12 分钟"
    assert formats.minutes(timedelta(hours=30)) == "1,800 分钟"
    assert formats.minutes(None) == ""


def test_minutes_have_an_english_plural() -> None:
    with translation.override("en"):
        assert (formats.minutes(1), formats.minutes(2)) == ("1 minute", "2 minutes")


@pytest.mark.parametrize(
    ("gap", "text"),
    [(timedelta(minutes=5), "5 分钟"), (timedelta(hours=3), "3 小时"), (timedelta(days=5), "5 天")],
)
def test_span_uses_the_unit_a_person_would(gap: timedelta, text: str) -> None:
    assert formats.span(gap) == text


def test_since_tells_past_from_future() -> None:
    now = clock.now()
    assert formats.since(now - timedelta(hours=3, minutes=1)) == "3 小时前"
    assert formats.since(now + timedelta(days=3, minutes=1)) == "3 天后"


def test_yuan_is_written_from_cents() -> None:
    assert formats.yuan(123400) == "¥1,234.00"
    assert formats.yuan(None) == ""


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13812341234", "138****1234"),
        ("+86 138 1234 1234", "138****1234"),
        ("010-88886666", "010****6666"),
        ("1234567", "*******"),
        (None, ""),
    ],
)
def test_masked_phone_keeps_head_and_tail(phone: str | None, shown: str) -> None:
    assert formats.masked_phone(phone) == shown
