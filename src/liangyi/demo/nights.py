"""The nights of the past: every watch looked, and what the days did is tallied."""

from __future__ import annotations

from datetime import datetime, timedelta

from liangyi.demo.founding import FOUNDER
from liangyi.demo.options import Options, local
from liangyi.platform.audit.services import recorded
from liangyi.platform.controls.catalogue import watches
from liangyi.platform.controls.evidence import counting
from liangyi.platform.controls.models import WatchRun

WATCHED_AT = 75


def look_back(options: Options) -> None:
    """The runs of all watches before today, which found nothing; then the tallies of all finished days."""
    chance = options.chance("nights")
    with recorded(FOUNDER):
        WatchRun.objects.bulk_create(
            (
                WatchRun(id=chance.id_at(at), control=code, at=at, found=0, opened=0, closed=0)
                for at in _nights(options)
                for code in sorted(watches())
            ),
            batch_size=2000,
        )
    counting.count_finished_days(options.moment)


def _nights(options: Options) -> list[datetime]:
    days = (options.today - options.first_day).days
    return [local(options.first_day + timedelta(days=day), WATCHED_AT) for day in range(1, days)]
