"""What the organisation's set-up pages show."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liangyi.domains.catalogue import queries as catalogue
from liangyi.domains.organisation import queries
from liangyi.domains.organisation.models import Licence, Post
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.clock import HOME_ZONE, local_day
from liangyi.platform.controls.values import values_on
from liangyi.web.organisation.fields import role_choices, shown_name, today_at
from liangyi.web.organisation.forms import LEVELS, WEEKDAYS, ZONES

LICENCES = "organisation.licence_expiring"


@dataclass(frozen=True)
class State:
    """How something stands, in words and a tone of the status badge."""

    text: Any
    tone: str


@dataclass(frozen=True)
class SiteRow:
    """A site with the licence it works under."""

    site: Site
    licence: Licence | None
    state: State


@dataclass(frozen=True)
class LicenceRow:
    """A licence with its subjects by name."""

    licence: Licence
    state: State
    level: Any
    subjects: list[str]


@dataclass(frozen=True)
class PostRow:
    """A post with its role by name."""

    post: Post
    role: str


def warning_days(watch: str, sites: Collection[UUID | None], day: date) -> dict[UUID | None, int]:
    """How many days before its end a paper counts as soon over, by site: the number its watch goes by."""
    return values_on(watch, "days_before", sites, day)


def validity(first: date, last: date | None, today: date, soon: int) -> State:
    """Not yet, in force, over in at most `soon` days, over."""
    if first > today:
        return State(_("未生效"), "info")
    if last is None or (last - today).days > soon:
        return State(_("有效"), "good")
    if last < today:
        return State(_("已过期"), "danger")
    return State(_("%(days)d 天后到期") % {"days": (last - today).days}, "waiting")


def site_rows(actor: Actor, at: datetime) -> list[SiteRow]:
    """The actor's sites; the licences come in one query."""
    sites = list(queries.sites_for(actor).prefetch_related("licences"))
    soon = warning_days(LICENCES, [site.id for site in sites], local_day(at, HOME_ZONE))
    return [_site_row(site, today_at(site, at), soon[site.id]) for site in sites]


def _site_row(site: Site, today: date, soon: int) -> SiteRow:
    licences = sorted(site.licences.all(), key=lambda licence: licence.valid_from)
    in_force = [licence for licence in licences if licence.valid_from <= today <= licence.valid_to]
    licence = in_force[-1] if in_force else (licences[-1] if licences else None)
    if licence is None:
        return SiteRow(site, None, State(_("没有许可证"), "danger"))
    return SiteRow(site, licence, validity(licence.valid_from, licence.valid_to, today, soon))


def site_context(actor: Actor, site: Site, at: datetime) -> dict[str, Any]:
    """A site's page."""
    today = today_at(site, at)
    licences = list(queries.licences_for_site(actor, site))
    names = subject_names()
    soon = warning_days(LICENCES, [site.id], today)[site.id]
    rows = [
        LicenceRow(
            licence,
            validity(licence.valid_from, licence.valid_to, today, soon),
            dict(LEVELS)[str(licence.max_level)],
            [names.get(code, code) for code in licence.subjects],
        )
        for licence in licences
    ]
    zone = dict(ZONES).get(site.time_zone, site.time_zone)
    return {"site": site, "profile": getattr(site, "profile", None), "licences": rows, "zone": zone}


def subject_names() -> dict[str, str]:
    """The 诊疗科目 by code, in the reader's language."""
    return {code: shown_name(subject) for code, subject in catalogue.subjects_by_code().items()}


def week_rows(hours: Mapping[int, tuple[time, time]]) -> list[tuple[Any, tuple[time, time] | None]]:
    """Weekday by name, with hours or None."""
    return [(name, hours.get(weekday)) for weekday, name in WEEKDAYS.items()]


def post_rows() -> list[PostRow]:
    """Every post."""
    roles = dict(role_choices())
    return [PostRow(post, roles.get(post.role, post.role)) for post in queries.posts()]
