"""Watches of what will run out: how long before is one parameter, which policies set."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liangyi.platform.controls.catalogue import Control, Parameter
from liangyi.platform.controls.values import values_on

T = TypeVar("T")
DAYS_BEFORE = "days_before"


def warning_days(default: int, highest: int, *, lowest: int = 1, legal: Any = "") -> Parameter:
    """The days before its end from which something is warned of."""
    return Parameter(
        DAYS_BEFORE,
        "integer",
        default,
        _("天"),
        _("提前提醒天数"),
        _("行业惯例，可由制度调整"),
        stricter="higher",
        lowest=lowest,
        highest=highest,
        legal=legal,
    )


def running_out(
    control: Control,
    rows: Iterable[T],
    *,
    today: date,
    site_of: Callable[[T], UUID | None],
    end_of: Callable[[T], date | None],
) -> Iterator[tuple[T, UUID | None, int | None]]:
    """The rows to warn of with their site and the days left: those within their site's days, over, or
    without an end. One statement besides the rows' own.
    """
    found = [(row, site_of(row), end_of(row)) for row in rows]
    days = values_on(control.code, DAYS_BEFORE, {site for _row, site, _end in found}, today)
    for row, site, end in found:
        left = (end - today).days if end else None
        if left is None or left <= days[site]:
            yield row, site, left
