"""Counting the tallies of finished days, once for every reader."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Min, Q

from liangyi.platform.access.models import Site
from liangyi.platform.clock import HOME_ZONE, local_day
from liangyi.platform.controls.catalogue import controls, watches
from liangyi.platform.controls.evidence.rules import FIGURES
from liangyi.platform.controls.evidence.sources import EVER, Span, kinds_of, of_kind, statement
from liangyi.platform.controls.models import DayTally, TallyMark
from liangyi.platform.controls.proofs import Counted, Done, Kept
from liangyi.platform.worklist.models import WorkItem

# Work is done late and records are put right afterwards: so many days back are counted again every night.
AGAIN_DAYS = 31
Place = tuple[UUID | None, str]

_SUMS = ", ".join(f"coalesce(sum(n) FILTER (WHERE figure = '{name}'), 0)" for name in FIGURES)
_INSERT = f"""
INSERT INTO controls_daytally (control, site_id, day, {", ".join(FIGURES)})
SELECT control, site_id, day, {_SUMS}
FROM ({{facts}}) AS fact(control, site_id, day, figure, n)
WHERE day >= %s AND day <= %s GROUP BY control, site_id, day"""  # noqa: S608 put together from constants


def count_finished_days(at: datetime) -> int:
    """Bring every control's tallies up to yesterday, by each site's calendar; returns how many were behind.

    What was missed is caught up, a control that is new is counted from its first record on, and a second
    call on the same day does nothing.
    """
    return sum(_catch_up(place, at) for place in _places())


def recount(at: datetime, first: date, last: date, codes: Collection[str] | None = None) -> None:
    """Count finished days again, of all sites, after records of them were changed."""
    for site, zone in _places():
        until = min(last, local_day(at, zone) - timedelta(days=1))
        chosen = _counted_here(site) & (set(codes) if codes is not None else set(controls()))
        if first <= until and chosen:
            with transaction.atomic():
                _one_at_a_time(site)
                _replace(Span(_sites(site), zone, first, until), chosen, at)


def _places() -> list[Place]:
    """Every site with its calendar, and the group as a whole with that of the house."""
    return [*Site.objects.values_list("id", "time_zone").order_by("id"), (None, HOME_ZONE)]


def _catch_up(place: Place, at: datetime) -> int:
    site, zone = place
    yesterday = local_day(at, zone) - timedelta(days=1)
    with transaction.atomic():
        _one_at_a_time(site)
        behind = _behind(site, zone, yesterday)
        for first, codes in behind.items():
            _replace(Span(_sites(site), zone, first, yesterday), codes, at)
            _mark(site, codes, yesterday)
    return sum(map(len, behind.values()))


def _behind(site: UUID | None, zone: str, yesterday: date) -> dict[date, set[str]]:
    """The controls that are not counted up to yesterday, by the day from which they are to be."""
    marks = dict(TallyMark.objects.filter(site=site).values_list("control", "through"))
    late = {code for code in _counted_here(site) if marks.get(code, EVER) < yesterday}
    changing = {*of_kind(late, Done), *of_kind(late, Kept)}
    oldest = _oldest_closed_since(
        site, zone, {code: marks[code] for code in late & changing if code in marks}
    )
    found: dict[date, set[str]] = defaultdict(set)
    for code in late:
        first = marks[code] + timedelta(days=1) if code in marks else EVER
        if code in changing and code in marks:
            first = min(first - timedelta(days=AGAIN_DAYS), oldest or first)
        found[first].add(code)
    return found


def _oldest_closed_since(site: UUID | None, zone: str, marks: dict[str, date]) -> date | None:
    """The earliest due day of work that was closed since the last count: its day now tells otherwise."""
    kinds = [kind for kind, _code in kinds_of(marks)]
    if not kinds or site is None:
        return None
    since = Span(None, zone, min(marks.values()), min(marks.values())).start
    closed = Q(done_at__gte=since) | Q(cancelled_at__gte=since)
    due = WorkItem.objects.filter(closed, kind__in=kinds, site=site).aggregate(due=Min("due_at"))["due"]
    return local_day(due, zone) if due else None


def _counted_here(site: UUID | None) -> set[str]:
    """The controls with rows of their own at a site (or of the group): measures keep points instead."""
    built = {code for code, control in controls().items() if not control.planned}
    counted = built - of_kind(built, Counted).keys()
    if site is not None:
        return counted
    kept = {
        code for code, proof in of_kind(built, Kept).items() if isinstance(proof, Kept) and not proof.site
    }
    return {code for code in counted if controls()[code].kind == "gate" or code in watches()} | kept


def _replace(span: Span, codes: Iterable[str], at: datetime) -> None:
    chosen = sorted(codes)
    here = Q(site__in=span.sites) if span.sites else Q(site=None)
    DayTally.objects.filter(here, control__in=chosen, day__range=(span.first, span.last)).delete()
    facts = statement([(span, chosen)], at)
    if facts is not None:
        with connection.cursor() as cursor:
            cursor.execute(_INSERT.format(facts=facts.sql), [*facts.values, span.first, span.last])


def _mark(site: UUID | None, codes: Iterable[str], through: date) -> None:
    TallyMark.objects.filter(site=site, control__in=codes).delete()
    TallyMark.objects.bulk_create(TallyMark(control=code, site_id=site, through=through) for code in codes)


def _one_at_a_time(site: UUID | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"liangyi.evidence.{site}"])


def _sites(site: UUID | None) -> tuple[UUID, ...] | None:
    return None if site is None else (site,)
