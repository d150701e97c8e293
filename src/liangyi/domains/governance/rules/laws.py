"""When a law is to be looked up again. No database."""

from __future__ import annotations

from datetime import date

from liangyi.domains.governance.rules.living import months_later


def next_check(checked_on: date | None, months: int, most: int) -> date | None:
    """The day by which to look again: its own period or the house's, whichever is shorter; None for a law
    that nobody has looked up yet, which is due at once."""
    return None if checked_on is None else months_later(checked_on, min(months, most))


def is_due(checked_on: date | None, months: int, most: int, today: date) -> bool:
    """Whether a law is to be looked up by `today`."""
    day = next_check(checked_on, months, most)
    return day is None or day <= today
