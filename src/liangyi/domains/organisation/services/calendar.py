"""When a site is open."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liangyi.domains.organisation.errors import once
from liangyi.domains.organisation.events import ClosingDayAdded, ClosingDayRemoved, OpeningHoursChanged
from liangyi.domains.organisation.models import ClosingDay, OpeningHours
from liangyi.domains.organisation.permissions import MANAGE
from liangyi.domains.organisation.rules import Problems
from liangyi.platform import events
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.clock import local_day
from liangyi.platform.errors import Missing

_TAKEN = {"organisation_closing_day_once": ("day", _("这一天已经是停业日"))}


def set_opening_hours(
    *, actor: Actor, at: datetime, site: UUID, hours: Mapping[int, tuple[time, time]]
) -> None:
    """Replace a site's week: weekday (1 is Monday) → opening and closing time; others are closed days.

    An empty week means that the site keeps no hours and the rota alone decides. A wrong day is
    reported beside the field `day_<weekday>`.
    """
    actor.require(MANAGE, site)
    problems = Problems()
    for weekday, (opens, closes) in hours.items():
        problems.check(1 <= weekday <= 7, "", _("星期须在 1 到 7 之间"))
        problems.check(closes > opens, f"day_{weekday}", _("关门时间须晚于开门时间"))
    problems.done()
    with recorded(actor):
        _locked_site(site)
        kept = {row.weekday: row for row in OpeningHours.objects.filter(site=site)}
        OpeningHours.objects.filter(site=site).exclude(weekday__in=hours).delete()
        for weekday, (opens, closes) in hours.items():
            row = kept.get(weekday) or OpeningHours(site_id=site, weekday=weekday)
            row.opens, row.closes = opens, closes
            row.save()
        events.publish(OpeningHoursChanged(site, at))


def add_closing_day(*, actor: Actor, at: datetime, site: UUID, day: date, reason: str) -> ClosingDay:
    """Receive nobody at a site on a day that is not past; what is booked then is listed by scheduling."""
    actor.require(MANAGE, site)
    problems = Problems()
    reason = problems.text("reason", reason, most=100)
    with once(**_TAKEN), recorded(actor):
        zone = _locked_site(site).time_zone
        problems.check(day >= local_day(at, zone), "day", _("不能选过去的日期"))
        problems.done()
        row = ClosingDay.objects.create(site_id=site, day=day, reason=reason)
        events.publish(ClosingDayAdded(site, day, reason, at))
    return row


def remove_closing_day(*, actor: Actor, at: datetime, closing_day: UUID) -> None:
    """Open a site on a day after all."""
    with recorded(actor):
        row = ClosingDay.objects.select_for_update().filter(id=closing_day).first()
        if row is None:
            raise Missing()
        actor.require(MANAGE, row.site_id)
        site, day = row.site_id, row.day
        row.delete()
        events.publish(ClosingDayRemoved(site, day, at))


def _locked_site(site: UUID) -> Site:
    row = Site.objects.select_for_update(no_key=True).filter(id=site).first()
    if row is None:
        raise Missing()
    return row
