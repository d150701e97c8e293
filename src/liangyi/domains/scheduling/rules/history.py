"""Rows of somebody else's appointment history: what in them contradicts itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

ORDER = ("booked_at", "arrived_at", "started_at", "finished_at")
PRESENCE = ("arrived_at", "started_at", "finished_at")


def contradictions(row: Mapping[str, Any], *, is_day_only: bool, zone: str) -> Iterable[tuple[str, str]]:
    """(field, reason) for all in a row that cannot both be true; nothing for a row to be believed.

    `row` holds aware moments (or None) and a status of finished, no_show, cancelled or moved. Where the
    visit is known to the day only, days of `zone` are compared.
    """
    yield from _booked_late(row, is_day_only=is_day_only, zone=ZoneInfo(zone))
    yield from _out_of_order(row)
    if row["status"] != "finished":
        for name in PRESENCE:
            if row.get(name):
                yield name, _("没有就诊，却有到诊后的时间")
    status_at = row.get("status_at")
    if status_at and status_at < row["booked_at"]:
        yield "status_at", _("状态变更早于预约时间")


def _booked_late(row: Mapping[str, Any], *, is_day_only: bool, zone: ZoneInfo) -> Iterator[tuple[str, str]]:
    booked, starts = row["booked_at"], row["starts_at"]
    if is_day_only:
        late = booked.astimezone(zone).date() > starts.astimezone(zone).date()
    else:
        late = booked > starts and row["status"] != "finished"
    if late:
        yield "booked_at", _("预约时间晚于就诊时间")


def _out_of_order(row: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    latest: datetime | None = None
    for name in ORDER:
        moment = row.get(name)
        if moment and latest and moment < latest:
            yield name, _("时间先后不合：早于前一步")
        latest = moment or latest
