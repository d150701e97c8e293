"""What time itself does to work: escalation, and the reminder that next year's holidays are missing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.clock import HOME_ZONE, local_day
from liangyi.platform.worklist.calendar import add_working_days, is_known, overrides_between
from liangyi.platform.worklist.calendar_files import DayRow
from liangyi.platform.worklist.kinds import kinds
from liangyi.platform.worklist.models import CalendarDay, WorkItem
from liangyi.platform.worklist.permissions import LOAD_CALENDAR
from liangyi.platform.worklist.rules import Overrides, moved_on
from liangyi.platform.worklist.services import finish_for, open_item

CALENDAR = "worklist.calendar"
CALENDAR_KIND = "worklist.load_calendar"
CALENDAR_PAGE = "/settings/calendar/working-days/"
CALENDAR_DAYS = 10
DECEMBER = 12
BATCH = 500


def escalate_due(*, actor: Actor, at: datetime) -> list[WorkItem]:
    """Mark the items that stayed undone for their kind's working days after they were due."""
    with recorded(actor, reason="escalation"):
        late = list(
            WorkItem.objects.select_for_update(of=("self",), skip_locked=True)
            .filter(done_at=None, cancelled_at=None, escalated_at=None, due_at__lt=at)
            .select_related("site")
            .order_by("id")[:BATCH]
        )
        first = min((item.due_at for item in late), default=at).date()
        overrides = overrides_between(first, at.date() + timedelta(days=1))
        escalated = [item for item in late if _is_overripe(item, at, overrides)]
        for item in escalated:
            item.escalated_at = at
        WorkItem.objects.bulk_update(escalated, ["escalated_at"])
    return escalated


def _is_overripe(item: WorkItem, at: datetime, overrides: Overrides) -> bool:
    kind = kinds().get(item.kind)
    days = kind.escalate_after if kind else 1
    return moved_on(item.due_at, days, item.site.time_zone, overrides) <= at


def load_calendar(*, actor: Actor, rows: Iterable[DayRow], source: str = "") -> int:
    """Put days into the clinic's own table, over those it has. Returns how many. For administrators."""
    actor.require(LOAD_CALENDAR)
    days = [
        CalendarDay(day=r.day, is_working=r.is_working, name=r.name[:60], source=source[:200]) for r in rows
    ]
    with recorded(actor, reason="calendar"):
        CalendarDay.objects.bulk_create(
            days,
            update_conflicts=True,
            unique_fields=["day"],
            update_fields=["is_working", "name", "source"],
        )
    return len(days)


def remind_of_calendar(*, actor: Actor, at: datetime) -> bool:
    """In December, while next year's holidays are unknown: work for each site's director. Once they
    are known that work is done. Returns whether the calendar is missing."""
    today = local_day(at, HOME_ZONE)
    year = today.year + 1
    is_missing = today.month == DECEMBER and not is_known(year)
    with recorded(actor, reason="calendar"):
        for site in Site.objects.filter(is_active=True):
            subject = (CALENDAR, site.id)
            if is_missing:
                due_at = add_working_days(at, CALENDAR_DAYS, site.time_zone)
                open_item(
                    actor=actor,
                    at=at,
                    kind=CALENDAR_KIND,
                    site=site,
                    subject=subject,
                    role="director",
                    due_at=due_at,
                    facts={"year": year},
                )
            else:
                finish_for(subject, CALENDAR_KIND, actor=actor, at=at)
    return is_missing
