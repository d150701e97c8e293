"""The site and the days that a page of evidence is about, kept in its address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from liangyi.platform import clock
from liangyi.platform.access.models import Site
from liangyi.platform.controls.permissions import VIEW
from liangyi.web.shell.formats import named
from liangyi.web.shell.page import Request

DAYS = (30, 90, 365)
LONGEST = 5 * 366
OWN = ("site", "days", "from", "to", "after")


@dataclass(frozen=True)
class Choice:
    """One chip with its whole address, so that it also works inside the drawer."""

    text: Any
    url: str
    is_on: bool
    count: int | None = None


@dataclass(frozen=True)
class Period:
    """A site and its local days from `first` to `last`, as known at `at`."""

    site: Site
    sites: Sequence[Site]
    first: date
    last: date
    at: datetime
    days: int | None

    @property
    def query(self) -> dict[str, str]:
        """What an address must say to be about the same."""
        own = {"site": str(self.site.id)} if len(self.sites) > 1 else {}
        if self.days is None:
            return own | {"from": self.first.isoformat(), "to": self.last.isoformat()}
        return own | ({"days": str(self.days)} if self.days != DAYS[0] else {})


def period_of(request: Request) -> Period:
    """What the address asks for; the active site and the last 30 days for anything it cannot be."""
    at = clock.now()
    sites = list(Site.objects.filter(id__in=request.actor.sites_with(VIEW)).order_by("name"))
    asked = request.GET.get("site", "")
    site = next((one for one in sites if str(one.id) == asked), request.site)
    today = clock.local_day(at, site.time_zone)
    custom = _custom(request, today)
    if custom:
        return Period(site, sites, *custom, at, None)
    days = next((one for one in DAYS if str(one) == request.GET.get("days", "")), DAYS[0])
    return Period(site, sites, today - timedelta(days=days - 1), today, at, days)


def _custom(request: Request, today: date) -> tuple[date, date] | None:
    first, last = _day(request.GET.get("from", "")), _day(request.GET.get("to", ""))
    if first is None and last is None:
        return None
    last = min(last or today, today)
    first = first or last
    return None if first > last or (last - first).days > LONGEST else (first, last)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def site_choices(request: Request, period: Period) -> list[Choice]:
    """The sites to choose from; none where there is one."""
    if len(period.sites) < 2:
        return []
    return [
        Choice(named(site), address(request, site=str(site.id), after=""), site == period.site)
        for site in period.sites
    ]


def day_choices(request: Request, period: Period) -> list[Choice]:
    """The usual periods, and the one of its own where it is on."""
    words = {30: _("近 30 天"), 90: _("近 90 天"), 365: _("近 365 天")}
    usual = [
        Choice(
            words[days],
            address(
                request, days=str(days) if days != DAYS[0] else "", **{"from": "", "to": "", "after": ""}
            ),
            period.days == days,
        )
        for days in DAYS
    ]
    if period.days is not None:
        return usual
    own = f"{period.first:%Y-%m-%d} – {period.last:%Y-%m-%d}"
    return [*usual, Choice(own, address(request, after=""), True)]


def address(request: Request, **changed: str) -> str:
    """This page's address with some of its questions changed; an empty one is left out."""
    asked = request.GET.copy()
    for name, value in changed.items():
        asked.pop(name, None)
        if value:
            asked[name] = value
    query = asked.urlencode()
    return f"{request.path}?{query}" if query else request.path
