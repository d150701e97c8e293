"""When a policy comes round, what may become of a version, and what a test is. No database."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

MOST_QUESTIONS = 5
FEWEST_OPTIONS, MOST_OPTIONS = 2, 4


class Next(StrEnum):
    """What a version waits for."""

    SUBMIT = "submit"
    DECIDE = "decide"
    RELEASE = "release"
    DAY = "day"
    REVIEW = "review"
    NOTHING = "nothing"


_NEXT = {
    "draft": Next.SUBMIT,
    "review": Next.DECIDE,
    "approved": Next.RELEASE,
    "released": Next.REVIEW,
}


def next_of(state: str, is_scheduled: bool) -> Next:
    """What a version in `state` waits for; a scheduled one waits for its day."""
    if state == "approved" and is_scheduled:
        return Next.DAY
    return _NEXT.get(state, Next.NOTHING)


def months_later(day: date, months: int) -> date:
    """The same day that many months later, or the month's last day where there is no such day."""
    year, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + year, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@dataclass(frozen=True)
class Asked:
    """A single-choice question as its author writes it; `answer` counts from 0."""

    text: str
    options: tuple[str, ...]
    answer: int


class Flaw(StrEnum):
    """What is wrong with a question."""

    TOO_MANY = "too_many"
    NO_TEXT = "no_text"
    FEW_OPTIONS = "few_options"
    SAME_OPTIONS = "same_options"
    NO_ANSWER = "no_answer"


def flaws_of(questions: Sequence[Asked]) -> Mapping[int, Flaw]:
    """What is wrong, by the question's place; -1 is the test as a whole."""
    found: dict[int, Flaw] = {}
    if len(questions) > MOST_QUESTIONS:
        found[-1] = Flaw.TOO_MANY
    for place, question in enumerate(questions):
        if (flaw := _flaw_of(question)) is not None:
            found[place] = flaw
    return found


def _flaw_of(question: Asked) -> Flaw | None:
    if not question.text.strip():
        return Flaw.NO_TEXT
    if not FEWEST_OPTIONS <= len(question.options) <= MOST_OPTIONS or not all(
        option.strip() for option in question.options
    ):
        return Flaw.FEW_OPTIONS
    if len({option.strip() for option in question.options}) < len(question.options):
        return Flaw.SAME_OPTIONS
    return None if 0 <= question.answer < len(question.options) else Flaw.NO_ANSWER


def right_answers(key: Sequence[int], given: Sequence[int | None]) -> int:
    """How many of the answers given are those of the key."""
    return sum(right == answer for right, answer in zip(key, given, strict=True))
