"""The rows that evidence is counted from, as one statement: a union of every source.

Each branch gives (control, site_id, day, figure, n) of one span. What belongs to no site is the group's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db.models import Case, CharField, Count, DateField, DateTimeField, F, Min, UUIDField, Value, When
from django.db.models.functions import Cast, TruncDate

from liangyi.platform.controls.catalogue import Kind, controls, watches
from liangyi.platform.controls.proofs import Done, Kept, Proof, Standing, proofs

EVER = date(2000, 1, 1)


@dataclass(frozen=True)
class Span:
    """Local days of sites that share a calendar; `sites` None: what belongs to the group as a whole."""

    sites: tuple[UUID, ...] | None
    zone: str
    first: date
    last: date

    @property
    def start(self) -> datetime:
        """The moment the first day begins."""
        return datetime.combine(self.first, time(), ZoneInfo(self.zone))

    @property
    def end(self) -> datetime:
        """The moment after the last day."""
        return datetime.combine(self.last + timedelta(days=1), time(), ZoneInfo(self.zone))


@dataclass(frozen=True)
class Statement:
    """SQL and its values."""

    sql: str
    values: tuple[Any, ...]


_VERDICTS = """
SELECT asked.control, v.site_id, (v.at AT TIME ZONE %s)::date, asked.figure, 1::bigint
FROM controls_verdict v CROSS JOIN LATERAL (
    SELECT jsonb_array_elements_text(v.passed) AS control, 'passed'::text AS figure
    UNION ALL
    SELECT refusal ->> 'control', v.outcome::text FROM jsonb_array_elements(v.refusals) AS refusal
) asked
WHERE {site} AND v.at >= %s AND v.at < %s AND asked.control = ANY(%s)"""

_OPENED_CLOSED = """
SELECT v.control::text, v.site_id, (v.{moment} AT TIME ZONE %s)::date, '{figure}'::text, 1::bigint
FROM controls_breach v
WHERE {site} AND v.{moment} >= %s AND v.{moment} < %s AND v.control = ANY(%s)"""

# On every day at whose end a breach stood open.
_STANDING = """
SELECT v.control::text, v.site_id, d.day::date, 'standing'::text, 1::bigint
FROM controls_breach v CROSS JOIN LATERAL generate_series(
    greatest((v.opened_at AT TIME ZONE %s)::date, %s::date)::timestamp,
    least((v.closed_at AT TIME ZONE %s)::date - 1, %s::date)::timestamp, interval '1 day') d(day)
WHERE {site} AND v.opened_at < %s AND (v.closed_at IS NULL OR v.closed_at >= %s) AND v.control = ANY(%s)"""

_RUNS = """
SELECT v.control::text, NULL::uuid, (v.at AT TIME ZONE %s)::date, 'runs'::text, 1::bigint
FROM controls_watchrun v WHERE v.at >= %s AND v.at < %s AND v.control = ANY(%s)"""

_DUTIES = """
SELECT k.control, v.site_id, (v.due_at AT TIME ZONE %s)::date,
       CASE WHEN v.done_at IS NULL THEN 'missed' WHEN v.done_at <= v.due_at THEN 'done' ELSE 'late' END::text,
       1::bigint
FROM unnest(%s::text[], %s::text[]) AS k(kind, control) JOIN worklist_workitem v ON v.kind = k.kind
WHERE {site} AND v.due_at >= %s AND v.due_at < %s AND v.cancelled_at IS NULL
  AND (v.done_at IS NOT NULL OR v.due_at < %s)"""

# On every day at whose end an item was overdue: due, not done, not called off.
_OVERDUE = """
SELECT k.control, v.site_id, d.day::date, 'standing'::text, 1::bigint
FROM unnest(%s::text[], %s::text[]) AS k(kind, control) JOIN worklist_workitem v ON v.kind = k.kind
CROSS JOIN LATERAL generate_series(
    greatest((v.due_at AT TIME ZONE %s)::date, %s::date)::timestamp,
    least((coalesce(v.done_at, v.cancelled_at) AT TIME ZONE %s)::date - 1, %s::date)::timestamp,
    interval '1 day') d(day)
WHERE {site} AND v.due_at < %s AND v.due_at < %s
  AND (coalesce(v.done_at, v.cancelled_at) IS NULL OR coalesce(v.done_at, v.cancelled_at) >= %s)"""

# On every day at whose end a register held an entry; the id (UUIDv7) of its oldest says since when.
_REGISTERS = """
SELECT r.control::text, r.site, d.day::date, 'kept'::text, 1::bigint
FROM ({rows}) r(control, site, oldest) CROSS JOIN LATERAL generate_series(
    greatest((to_timestamp(('x' || left(replace(r.oldest, '-', ''), 12))::bit(48)::bigint / 1000.0)
              AT TIME ZONE %s)::date, %s::date)::timestamp,
    %s::date::timestamp, interval '1 day') d(day)"""


def statement(spans: Iterable[tuple[Span, Sequence[str]]], at: datetime) -> Statement | None:
    """The union of all sources of these controls over their spans, as known at `at`; None without any."""
    parts = [part for span, codes in spans for part in _parts(span, codes, at)]
    if not parts:
        return None
    sql = "\nUNION ALL\n".join(f"({part.sql})" for part in parts)
    return Statement(sql, tuple(value for part in parts for value in part.values))


def of_kind(codes: Iterable[str], proof: type[Proof]) -> Mapping[str, Proof]:
    """Those of the controls that are proved in this way."""
    known = proofs()
    return {code: known[code] for code in codes if isinstance(known.get(code), proof)}


def _parts(span: Span, codes: Sequence[str], at: datetime) -> Iterator[Statement]:
    known = [code for code in codes if code in controls()]
    gates = [code for code in known if controls()[code].kind == Kind.GATE]
    watched = [code for code in known if code in watches()]
    if gates:
        yield _over(_VERDICTS, span, gates)
    if watched:
        yield from _of_watches(span, watched)
    if span.sites is not None:
        yield from _of_duties(span, known, at)
    for code, proof in of_kind(known, Kept).items():
        if isinstance(proof, Kept) and bool(proof.site) == (span.sites is not None):
            yield _standing(code, proof, span) if isinstance(proof, Standing) else _kept(code, proof, span)


def _over(sql: str, span: Span, codes: Sequence[str]) -> Statement:
    """The commonest shape: zone, sites, from, to, codes."""
    return Statement(
        sql.format(site=_site(span)), (span.zone, *_sites(span), span.start, span.end, list(codes))
    )


def _of_watches(span: Span, codes: Sequence[str]) -> Iterator[Statement]:
    for moment, figure in (("opened_at", "opened"), ("closed_at", "closed")):
        yield _over(_OPENED_CLOSED.replace("{moment}", moment).replace("{figure}", figure), span, codes)
    days = (span.zone, span.first, span.zone, span.last)
    yield Statement(
        _STANDING.format(site=_site(span)), (*days, *_sites(span), span.end, span.start, list(codes))
    )
    if span.sites is None:
        yield Statement(_RUNS, (span.zone, span.start, span.end, list(codes)))


def _of_duties(span: Span, codes: Sequence[str], at: datetime) -> Iterator[Statement]:
    pairs = kinds_of(codes)
    if not pairs:
        return
    kinds, of = [kind for kind, _code in pairs], [code for _kind, code in pairs]
    yield Statement(
        _DUTIES.format(site=_site(span)), (span.zone, kinds, of, *_sites(span), span.start, span.end, at)
    )
    days = (span.zone, span.first, span.zone, span.last)
    yield Statement(
        _OVERDUE.format(site=_site(span)), (kinds, of, *days, *_sites(span), span.end, at, span.start)
    )


def kinds_of(codes: Iterable[str]) -> list[tuple[str, str]]:
    """(kind of work, control) of the duties among the controls."""
    return [
        (kind, code)
        for code, proof in of_kind(codes, Done).items()
        if isinstance(proof, Done)
        for kind in proof.kinds
    ]


def _site(span: Span) -> str:
    return "v.site_id IS NULL" if span.sites is None else "v.site_id = ANY(%s)"


def _sites(span: Span) -> tuple[Any, ...]:
    return () if span.sites is None else (list(span.sites),)


def is_by_day(proof: Kept) -> bool:
    """Whether the rows' moment is a whole day."""
    query = apps.get_model(proof.model)._base_manager.all().query
    return not isinstance(F(proof.moment).resolve_expression(query).output_field, DateTimeField)


def rows_of_proof(proof: Kept, span: Span) -> Any:
    """The rows of a span that prove a record or check."""
    rows = apps.get_model(proof.model)._base_manager.filter(proof.where)
    bounds: tuple[Any, Any] = (
        (span.first, span.last + timedelta(days=1)) if is_by_day(proof) else (span.start, span.end)
    )
    rows = rows.filter(**{f"{proof.moment}__gte": bounds[0], f"{proof.moment}__lt": bounds[1]})
    return rows.filter(**{f"{proof.site}__in": span.sites}) if proof.site and span.sites else rows


def _kept(code: str, proof: Kept, span: Span) -> Statement:
    figure: Any = Value("kept", CharField())
    if proof.failing is not None:
        figure = Case(When(proof.failing, then=Value("failing")), default=figure, output_field=CharField())
    moment = F(proof.moment)
    day: Any = moment if is_by_day(proof) else TruncDate(moment, tzinfo=ZoneInfo(span.zone))
    site: Any = F(proof.site) if proof.site else Value(None)
    rows = (
        rows_of_proof(proof, span)
        .order_by()
        .values_list(
            Cast(Value(code), CharField()),
            Cast(site, UUIDField()),
            Cast(day, DateField()),
            Cast(figure, CharField()),
        )
    )
    sql, values = rows.annotate(evidence_count=Count("pk")).query.sql_with_params()
    return Statement(sql, tuple(values))


def rows_of_register(proof: Standing, sites: tuple[UUID, ...] | None) -> Any:
    """The entries of a register, at sites or of the group."""
    rows = apps.get_model(proof.model)._base_manager.filter(proof.where).order_by()
    return rows.filter(**{f"{proof.site}__in": sites}) if proof.site and sites else rows


def _standing(code: str, proof: Standing, span: Span) -> Statement:
    site: Any = F(proof.site) if proof.site else Value(None)
    rows = rows_of_register(proof, span.sites).values_list(
        Cast(Value(code), CharField()), Cast(site, UUIDField())
    )
    sql, values = rows.annotate(evidence_oldest=Min(Cast("pk", CharField()))).query.sql_with_params()
    return Statement(_REGISTERS.replace("{rows}", sql), (*values, span.zone, span.first, span.last))
