from __future__ import annotations

from datetime import date, time
from uuid import uuid4

import pytest

from liangyi.domains.organisation.rules import (
    LicenceFacts,
    Problems,
    SiteFacts,
    allowed_level,
    is_credit_code,
    is_phone,
    level_rules,
)
from liangyi.platform.errors import Invalid

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("category", "subjects", "level"),
    [
        ("aesthetic_clinic", ["aesthetic_surgery"], 1),
        ("aesthetic_clinic", ["aesthetic_dermatology"], 0),
        ("aesthetic_outpatient", ["aesthetic_surgery"], 1),
        ("aesthetic_outpatient", ["aesthetic_surgery", "anaesthesiology"], 2),
        ("aesthetic_hospital", ["aesthetic_surgery"], 3),
        ("general_hospital_2", ["plastic_surgery"], 2),
        ("general_hospital_3", ["aesthetic_surgery"], 4),
        ("plastic_hospital", ["plastic_surgery"], 4),
        ("dental_clinic", ["oral_surgery"], 0),
    ],
)
def test_level_follows_category_and_subjects(category: str, subjects: list[str], level: int) -> None:
    rule = allowed_level(category, subjects, TODAY)
    assert (rule.max_level if rule else 0) == level


def test_level_rule_holds_from_its_day_on() -> None:
    assert allowed_level("aesthetic_hospital", ["aesthetic_surgery"], date(2009, 12, 10)) is None


def test_every_level_rule_names_its_source() -> None:
    assert all(rule.source and rule.jurisdiction for rule in level_rules())


@pytest.mark.parametrize("code", ["91350200MA2YJ1XR9G", "91350200776049653A", "913502000728319549"])
def test_credit_code_with_its_check_digit_is_good(code: str) -> None:
    assert is_credit_code(code)


@pytest.mark.parametrize("code", ["91350203M0001QAY9B", "9135020", "😀" * 18, ""])
def test_credit_code_otherwise_is_not(code: str) -> None:
    assert not is_credit_code(code)


@pytest.mark.parametrize(
    ("text", "good"), [("0755-12345678", True), ("+86 13800001234", True), ("12ab", False), ("", False)]
)
def test_phone_is_digits_with_separators(text: str, good: bool) -> None:
    assert is_phone(text) is good


def _licence(first: date, last: date, number: str = "A") -> LicenceFacts:
    return LicenceFacts(number, "aesthetic_hospital", 3, frozenset({"aesthetic_surgery"}), first, last)


def _site(**changes: object) -> SiteFacts:
    return SiteFacts(uuid4(), "良医", "Asia/Shanghai", "LY", True, TODAY, **changes)  # type: ignore[arg-type]


def test_newer_licence_wins_where_two_overlap() -> None:
    old, new = _licence(date(2020, 1, 1), date(2027, 1, 1)), _licence(date(2026, 6, 1), date(2031, 1, 1), "B")
    assert _site(licences=(old, new)).licence == new
    assert _site(licences=(old, new)).licence_on(date(2026, 5, 31)) == old


def test_site_without_licence_in_force_permits_nothing() -> None:
    site = _site(licences=(_licence(date(2020, 1, 1), date(2026, 11, 22)),))
    assert (site.licence, site.subjects, site.max_level) == (None, frozenset(), 0)
    assert site.last_licence is not None


def test_site_is_closed_on_closing_days_and_weekdays_without_hours() -> None:
    monday_only = {1: (time(9), time(18))}
    site = _site(closing_days={date(2026, 11, 30): "检修"}, hours=monday_only)
    assert not site.is_closed(TODAY)
    assert site.is_closed(date(2026, 11, 24))
    assert site.is_closed(date(2026, 11, 30))
    assert not _site().is_closed(date(2026, 11, 24))


@pytest.mark.parametrize("text", ["a\x00b", "a\nb", "\ud800", "x" * 11, "  "])
def test_text_that_cannot_be_kept_is_a_problem(text: str) -> None:
    problems = Problems()
    problems.text("name", text, most=10)
    with pytest.raises(Invalid):
        problems.done()


@pytest.mark.parametrize("text", ["<script>", "😀", "王 ", "e\u0301"])
def test_text_of_any_script_is_kept(text: str) -> None:
    problems = Problems()
    assert problems.text("name", text, most=10) == problems.text("name", text, most=10).strip()
    problems.done()
