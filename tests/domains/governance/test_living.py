"""Dates, steps and tests of policies, as bare rules."""

from __future__ import annotations

from datetime import date

import pytest

from liangyi.domains.governance.rules.living import (
    Asked,
    Flaw,
    Next,
    flaws_of,
    months_later,
    next_of,
    right_answers,
)

GOOD = Asked("几个工作日内答复？", ("3 个", "5 个"), 1)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2026, 11, 23), 12, date(2027, 11, 23)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2027, 8, 31), 6, date(2028, 2, 29)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
    ],
)
def test_months_later_stay_within_the_month(day: date, months: int, later: date) -> None:
    assert months_later(day, months) == later


@pytest.mark.parametrize(
    ("state", "is_scheduled", "step"),
    [
        ("draft", False, Next.SUBMIT),
        ("review", False, Next.DECIDE),
        ("approved", False, Next.RELEASE),
        ("approved", True, Next.DAY),
        ("released", False, Next.REVIEW),
        ("replaced", False, Next.NOTHING),
        ("retired", False, Next.NOTHING),
    ],
)
def test_every_state_has_its_next_step(state: str, is_scheduled: bool, step: Next) -> None:
    assert next_of(state, is_scheduled) is step


@pytest.mark.parametrize(
    ("question", "flaw"),
    [
        (Asked(" ", ("甲", "乙"), 0), Flaw.NO_TEXT),
        (Asked("问", ("甲",), 0), Flaw.FEW_OPTIONS),
        (Asked("问", ("甲", " "), 0), Flaw.FEW_OPTIONS),
        (Asked("问", ("甲", "乙", "丙", "丁", "戊"), 0), Flaw.FEW_OPTIONS),
        (Asked("问", ("甲", "甲 "), 0), Flaw.SAME_OPTIONS),
        (Asked("问", ("甲", "乙"), 2), Flaw.NO_ANSWER),
    ],
)
def test_question_that_cannot_be_answered_is_told(question: Asked, flaw: Flaw) -> None:
    assert flaws_of([GOOD, question]) == {1: flaw}


def test_test_is_short() -> None:
    assert flaws_of([GOOD] * 5) == {}
    assert flaws_of([GOOD] * 6) == {-1: Flaw.TOO_MANY}


def test_right_answers_are_counted() -> None:
    assert right_answers([0, 1, 2], [0, 2, 2]) == 2
