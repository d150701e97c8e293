"""Marking days dirty, counting them again, and the aims."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liangyi.platform import clock
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.errors import Invalid, Missing
from liangyi.platform.measures.catalogue import Measure, Point, measures
from liangyi.platform.measures.models import DirtyDay, MeasurePoint, MeasureTarget
from liangyi.platform.measures.permissions import SET_TARGET
from liangyi.platform.measures.rules import spans
from liangyi.platform.statements import insert

Series = tuple[UUID, str]


def mark_dirty(codes: Iterable[str], site: Site | UUID, source: str, days: Iterable[date]) -> None:
    """Records of these days changed: the measures' points will be counted again. One statement.

    Call it in the transaction of the change, so that neither is there without the other.
    """
    site_id = site.pk if isinstance(site, Site) else site
    each_day = set(days)
    rows = [
        DirtyDay(code=measures()[code].code, site_id=site_id, source=source, day=day)
        for code in codes
        for day in each_day
    ]
    insert(rows)


def recount_dirty(at: datetime, codes: Iterable[str] | None = None) -> int:
    """Count every dirty day again that has matured by `at`; returns how many days were counted.

    Each measure is counted by one process at a time: another waits and then finds nothing left. A
    change committed while its day is being counted leaves its own mark and is counted the next time.
    """
    chosen = measures().keys() if codes is None else codes
    dirty = set(DirtyDay.objects.filter(code__in=list(chosen)).values_list("code", flat=True).distinct())
    return sum(_recount(measures()[code], at) for code in sorted(dirty))


def set_target(*, actor: Actor, code: str, site: Site, value: Decimal, effective_from: date) -> MeasureTarget:
    """What `site` aims at from a day on, in the measure's shown unit (a ratio as a fraction)."""
    actor.require(SET_TARGET, site.pk)
    if code not in measures():
        raise Missing()
    if value < 0 or (measures()[code].kind == "ratio" and value > 1):
        raise Invalid({"value": [_("目标值不在这个指标可能的范围内")]})
    with recorded(actor):
        target, _created = MeasureTarget.objects.update_or_create(
            code=code, site=site, effective_from=effective_from, defaults={"value": value}
        )
    return target


def _recount(measure: Measure, at: datetime) -> int:
    with transaction.atomic():
        _one_at_a_time(measure.code)
        mature = _mature(measure, at)
        seen: dict[Series, set[date]] = defaultdict(set)
        ids = []
        for row in DirtyDay.objects.filter(mature, code=measure.code):
            seen[row.site_id, row.source].add(row.day)
            ids.append(row.pk)
        for (site, source), days in seen.items():
            for first, last in spans(days):
                _replace(measure, site, source, first, last)
        DirtyDay.objects.filter(pk__in=ids).delete()
    return sum(map(len, seen.values()))


def _one_at_a_time(code: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"liangyi.measures.{code}"])


def _mature(measure: Measure, at: datetime) -> Q:
    """Days far enough back, by each site's own calendar."""
    wait = timedelta(days=measure.matures_after)
    newest: dict[date, list[UUID]] = defaultdict(list)
    for site, zone in Site.objects.values_list("pk", "time_zone"):
        newest[clock.local_day(at, zone) - wait].append(site)
    condition = Q(pk__in=[])
    for day, sites in newest.items():
        condition |= Q(day__lte=day, site__in=sites)
    return condition


def _replace(measure: Measure, site: UUID, source: str, first: date, last: date) -> None:
    """Points of a span as they are now. What stands in it between dirty days is counted along."""
    points = list(measure.count(site, source, first, last))
    MeasurePoint.objects.filter(
        code=measure.code, site=site, source=source, day__gte=first, day__lte=last
    ).delete()
    MeasurePoint.objects.bulk_create(
        MeasurePoint(
            code=measure.code,
            site_id=site,
            source=source,
            unit_id=point.unit,
            day=point.day,
            numerator=point.numerator,
            denominator=point.denominator,
            histogram=_dense(point),
        )
        for point in points
        if point.denominator
    )


def _dense(point: Point) -> list[int]:
    """Counts by bucket up to the last that is not empty."""
    return [point.histogram.get(index, 0) for index in range(max(point.histogram, default=-1) + 1)]
