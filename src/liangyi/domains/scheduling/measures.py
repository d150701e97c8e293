"""No-show, lead time and waiting time. Each counts whole site-local days in one statement.

A row of imported history that another row replaced (status cancelled, reason "moved") was never an
appointment that could be kept, so none of the three counts it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.db import connection
from django.utils.translation import gettext_lazy as _

from liangyi.platform.measures.catalogue import Buckets, Measure, Point, duration_points, register

LEAD_BUCKETS = Buckets(top=365)
WAIT_BUCKETS = Buckets(top=240)

_DAYS = """
FROM scheduling_appointment a
JOIN access_site s ON s.id = a.site_id
LEFT JOIN organisation_room r ON r.id = a.room_id
LEFT JOIN organisation_department u ON u.id = r.department_id
CROSS JOIN LATERAL (SELECT (a.starts_at AT TIME ZONE s.time_zone)::date AS day) d
WHERE a.site_id = %(site)s AND a.source = %(source)s
  AND a.starts_at >= (SELECT %(first)s::timestamp AT TIME ZONE z.time_zone
                      FROM access_site z WHERE z.id = %(site)s)
  AND a.starts_at < (SELECT (%(last)s::date + 1)::timestamp AT TIME ZONE z.time_zone
                     FROM access_site z WHERE z.id = %(site)s)
  AND NOT (a.status = 'cancelled' AND a.close_reason = 'moved')"""

_NO_SHOWS = f"""
SELECT d.day, u.unit_id, count(*) FILTER (WHERE a.status = 'no_show'), count(*)
{_DAYS} AND NOT a.is_walk_in AND a.status <> 'booked'
  AND NOT (a.status = 'cancelled' AND a.closed_at IS NOT NULL AND CASE WHEN a.is_day_only
    THEN (a.closed_at AT TIME ZONE s.time_zone)::date < d.day
    ELSE a.closed_at <= a.starts_at - interval '24 hours' END)
GROUP BY d.day, u.unit_id"""

_LEADS = f"""
SELECT d.day, u.unit_id, d.day - (a.booked_at AT TIME ZONE s.time_zone)::date
{_DAYS} AND NOT a.is_walk_in AND (a.booked_at AT TIME ZONE s.time_zone)::date <= d.day"""

_WAITS = f"""
SELECT d.day, u.unit_id, floor(extract(epoch FROM greatest(interval '0',
  coalesce(a.called_at, a.started_at) - greatest(a.arrived_at, a.starts_at))))::int
{_DAYS} AND NOT a.is_day_only AND a.arrived_at IS NOT NULL
  AND coalesce(a.called_at, a.started_at) IS NOT NULL"""  # noqa: S608 put together from constants


def count_no_shows(site: UUID, source: str, first: date, last: date) -> Iterable[Point]:
    """NOSHOW 爽约率 (domain facts §16 no. 33): no-shows / (booked − cancelled at least 24 h before).

    The day is that of the appointment. Walk-ins were not booked; what is still booked is not decided and
    not counted. Where only the day is known, a cancellation on an earlier calendar day counts as 24 hours.
    """
    return [
        Point(day, missed, all_, unit=unit)
        for day, unit, missed, all_ in _rows(_NO_SHOWS, site, source, first, last)
    ]


def count_leads(site: UUID, source: str, first: date, last: date) -> Iterable[Point]:
    """LEAD 预约提前期: site-local calendar days from booking to the appointment.

    By the day of the appointment, whatever became of it; not walk-ins. A row that says it was booked on a
    later day than it took place contradicts itself and is left out.
    """
    return duration_points(_rows(_LEADS, site, source, first, last), LEAD_BUCKETS)


def count_waits(site: UUID, source: str, first: date, last: date) -> Iterable[Point]:
    """WAIT 平均候诊时间 (domain facts §16 no. 32): call − the later of arrival and appointment, or 0.

    Without a call the start of the visit ends the waiting. In seconds; shown in minutes.
    """
    return duration_points(_rows(_WAITS, site, source, first, last), WAIT_BUCKETS, parts=60)


def records_url(site: UUID | None, source: str, first: date, last: date) -> str:
    """The page that lists the appointments of a span."""
    asked = {"site": site or "", "source": source, "from": first, "to": last}
    return f"/scheduling/records/?{urlencode({name: value for name, value in asked.items() if value})}"


def _rows(sql: str, site: UUID, source: str, first: date, last: date) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql, {"site": site, "source": source, "first": first, "last": last})
        found: list[Any] = cursor.fetchall()
        return found


NOSHOW = register(
    Measure(
        "NOSHOW",
        _("爽约率"),
        "ratio",
        "ratio",
        "down",
        count_no_shows,
        _("爽约数 ÷（预约数 − 提前 24 小时以上取消数）"),
        matures_after=1,
        records_url=records_url,
    )
)
LEAD = register(
    Measure(
        "LEAD",
        _("预约提前期"),
        "duration",
        "days",
        "down",
        count_leads,
        _("从预约到就诊的天数"),
        buckets=LEAD_BUCKETS,
        records_url=records_url,
    )
)
WAIT = register(
    Measure(
        "WAIT",
        _("候诊时间"),
        "duration",
        "minutes",
        "down",
        count_waits,
        _("叫号时间 − 到诊与预约时间中较晚者"),
        buckets=WAIT_BUCKETS,
        parts=60,
        target=Decimal(30),
        records_url=records_url,
    )
)
