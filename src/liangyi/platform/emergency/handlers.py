"""Every emergency look becomes work for the quality manager, done once somebody else has reviewed it."""

from __future__ import annotations

from liangyi.platform import actors, events
from liangyi.platform.access.events import BreakGlassOpened, BreakGlassReviewed
from liangyi.platform.access.models import Site
from liangyi.platform.emergency.work import REVIEW
from liangyi.platform.worklist import services
from liangyi.platform.worklist.calendar import add_working_days

SUBJECT = "access.break_glass"
WORKING_DAYS = 2


def ask_for_review(event: BreakGlassOpened) -> None:
    """Two working days, at the site where it happened."""
    zone = Site.objects.values_list("time_zone", flat=True).get(pk=event.site)
    services.open_item(
        actor=actors.system("emergency"),
        at=event.at,
        kind=REVIEW.code,
        site=event.site,
        subject=(SUBJECT, event.record),
        role="quality",
        due_at=add_working_days(event.at, WORKING_DAYS, zone),
        facts={"who": event.account_name},
    )


def close_review(event: BreakGlassReviewed) -> None:
    """Done by whoever reviewed."""
    services.finish_for((SUBJECT, event.record), REVIEW.code, actor=event.reviewer, at=event.at)


events.subscribe(BreakGlassOpened, ask_for_review)
events.subscribe(BreakGlassReviewed, close_review)
