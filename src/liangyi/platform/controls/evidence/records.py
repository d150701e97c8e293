"""The single records behind a control: what an inspector may click down to, newest first, paged by key."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.apps import apps
from django.db import connection
from django.db.models import F, Q, UUIDField

from liangyi.platform import clock, subjects
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.controls.catalogue import Kind, controls, decisions_of, watches
from liangyi.platform.controls.evidence.sources import Span, is_by_day, rows_of_proof, rows_of_register
from liangyi.platform.controls.models import Breach, WatchRun
from liangyi.platform.controls.permissions import VIEW
from liangyi.platform.controls.proofs import Counted, Done, Kept, Standing, proofs
from liangyi.platform.ids import first_id_at, made_at
from liangyi.platform.measures.catalogue import measures
from liangyi.platform.measures.models import MeasurePoint
from liangyi.platform.worklist.kinds import title_of
from liangyi.platform.worklist.models import WorkItem

LIMIT = 50
_PART = """
(SELECT v.at, v.id, v.decision, v.outcome::text, v.subject_type, v.subject_id, v.refusals, v.actor_name
FROM controls_verdict v
WHERE v.site_id = %s AND v.{one_of} = %s AND v.at >= %s AND v.at < %s AND (v.at, v.id) < (%s, %s)
  AND (v.refusals @> %s::jsonb{or_passed}) ORDER BY v.at DESC, v.id DESC LIMIT %s)"""
_LAST_ID = UUID(int=2**128 - 1)
_LAST_NUMBER = 2**63 - 1


@dataclass(frozen=True)
class Item:
    """One record. `subject_*` is what it is about, `url` its page, both as the reader may see them.

    `outcome` is passed, refused, overridden (gate), open, closed, ran (watch), done, late, missed, pending
    (duty), kept, failing (record, check), on_file (register), counted (measure). A record that the reader
    may not see is there, counted, but not `visible`: without its label. What is about nothing that has a
    page is labelled with what it is. `key` asks for what follows it.
    """

    at: datetime
    outcome: str
    subject_type: str
    subject_id: UUID | None
    facts: Mapping[str, Any] = field(default_factory=dict)
    url: str = ""
    label: str = ""
    visible: bool = True
    record: UUID | None = None

    @property
    def key(self) -> str:
        """For `after` of the next page."""
        return f"{self.at.isoformat()}_{self.record or _LAST_ID}"


@dataclass(frozen=True)
class _Asked:
    """Which records are wanted."""

    code: str
    site: UUID
    span: Span
    until: datetime
    until_id: UUID
    limit: int
    only_failing: bool
    at: datetime

    def older(self, moment: str) -> Q:
        """Rows before the key."""
        return _before(moment, self.until, "id", self.until_id)


def items(
    actor: Actor,
    code: str,
    site: UUID,
    first_day: date,
    last_day: date,
    *,
    after: str | None = None,
    limit: int = LIMIT,
    only_failing: bool = False,
    at: datetime | None = None,
) -> list[Item]:
    """The newest records of a control at a site in a period, or those after a key.

    Nothing for whoever may not look at the site's controls. `only_failing` leaves out what went as the rule
    says. Statements are constant, and their cost does not grow with the history behind them.
    """
    control = controls().get(code)
    if control is None or control.planned or not (actor.is_system or actor.may(VIEW, site)):
        return []
    zone = Site.objects.filter(id=site).values_list("time_zone", flat=True).first()
    if zone is None:
        return []
    span = Span((site,), zone, first_day, last_day)
    until, until_id = _key_from(after, span)
    asked = _Asked(code, site, span, until, until_id, limit, only_failing, at or clock.now())
    return _shown(actor, _found(asked))


def _before(moment: str, until: Any, row_id: str, until_id: Any) -> Q:
    """Rows before a key, so said that an index is entered at the key and not at the end of the period."""
    return Q(**{f"{moment}__lte": until}) & (Q(**{f"{moment}__lt": until}) | Q(**{f"{row_id}__lt": until_id}))


def _key_from(after: str | None, span: Span) -> tuple[datetime, UUID]:
    moment, _sep, row_id = (after or "").partition("_")
    try:
        found = datetime.fromisoformat(moment), UUID(row_id)
    except ValueError:
        return span.end, _LAST_ID
    return found if found[0].tzinfo else (span.end, _LAST_ID)


def _found(asked: _Asked) -> list[Item]:
    if controls()[asked.code].kind == Kind.GATE:
        gates = _of_gate(asked)
        return _merged([*gates, *_breaches(asked)], asked) if asked.code in watches() else gates
    if asked.code in watches():
        return _merged([*_breaches(asked), *([] if asked.only_failing else _runs(asked))], asked)
    proof = proofs().get(asked.code)
    if isinstance(proof, Done):
        return _of_duty(asked, proof)
    if isinstance(proof, Counted):
        return _of_measure(asked, proof)
    if isinstance(proof, Standing):
        return _of_register(asked, proof)
    return _of_record(asked, proof) if isinstance(proof, Kept) else []


def _merged(found: Iterable[Item], asked: _Asked) -> list[Item]:
    return sorted(found, key=lambda item: (item.at, item.record or _LAST_ID), reverse=True)[: asked.limit]


def _of_gate(asked: _Asked) -> list[Item]:
    """By decision, each a walk along one index, so that rare ones are found as fast; refusals by outcome."""
    if asked.only_failing:
        column, parts = "outcome", ["refused", "overridden"]
    else:
        column, parts = "decision", decisions_of(asked.code)
    if not parts:
        return []
    holds = [json.dumps([{"control": asked.code}])]
    holds += [] if asked.only_failing else [json.dumps([asked.code])]
    part = _PART.format(one_of=column, or_passed="" if asked.only_failing else " OR v.passed @> %s::jsonb")
    values: list[Any] = []
    for one in parts:
        values += [asked.site, one, asked.span.start, asked.span.end, asked.until, asked.until_id]
        values += [*holds, asked.limit]
    union = " UNION ALL ".join([part] * len(parts))
    sql = f"SELECT * FROM ({union}) found ORDER BY 1 DESC, 2 DESC LIMIT %s"  # noqa: S608 our own text
    with connection.cursor() as cursor:
        cursor.execute(sql, [*values, asked.limit])
        return [_verdict(asked.code, *row) for row in cursor.fetchall()]


def _verdict(
    code: str,
    at: datetime,
    row_id: UUID,
    decision: str,
    outcome: str,
    subject_type: str,
    subject_id: UUID | None,
    refusals: Any,
    actor_name: str,
) -> Item:
    mine = [refusal for refusal in json.loads(refusals) if refusal["control"] == code]
    facts = {"decision": decision, "actor": actor_name, **({"reason": mine[0]["reason"]} if mine else {})}
    return Item(
        at,
        outcome if mine else "passed",
        subject_type,
        subject_id,
        facts,
        f"/controls/verdicts/{row_id}/",
        record=row_id,
    )


def _breaches(asked: _Asked) -> list[Item]:
    """Those that were open at some moment of the period, by when they were found."""
    still = Q(closed_at=None) | Q(closed_at__gte=asked.span.start)
    rows = Breach.objects.filter(
        still,
        Q(site=asked.site) | Q(site=None),
        asked.older("opened_at"),
        control=asked.code,
        opened_at__lt=asked.span.end,
    ).order_by("-opened_at", "-id")[: asked.limit]
    return [
        Item(
            row.opened_at,
            "closed" if row.closed_at else "open",
            row.subject_type,
            row.subject_id,
            {"closed_at": row.closed_at} if row.closed_at else {},
            f"/controls/breaches/{row.id}/",
            record=row.id,
        )
        for row in rows
    ]


def _runs(asked: _Asked) -> list[Item]:
    rows = WatchRun.objects.filter(
        asked.older("at"), control=asked.code, at__gte=asked.span.start, at__lt=asked.span.end
    ).order_by("-at", "-id")[: asked.limit]
    return [
        Item(
            row.at,
            "ran",
            "",
            None,
            {"found": row.found, "opened": row.opened, "closed": row.closed},
            record=row.id,
        )
        for row in rows
    ]


def _of_duty(asked: _Asked, proof: Done) -> list[Item]:
    rows = WorkItem.objects.filter(
        asked.older("due_at"),
        kind__in=proof.kinds,
        site=asked.site,
        due_at__gte=asked.span.start,
        due_at__lt=asked.span.end,
        cancelled_at=None,
    )
    if asked.only_failing:
        rows = rows.filter(Q(done_at=None) | Q(done_at__gt=F("due_at")))
    found = rows.select_related("done_by").order_by("-due_at", "-id")[: asked.limit]
    return [_duty(row, asked.at) for row in found]


def _duty(row: WorkItem, at: datetime) -> Item:
    facts: dict[str, Any] = {"work": title_of(row)}
    if row.done_at:
        outcome = "done" if row.done_at <= row.due_at else "late"
        facts |= {"done_at": row.done_at, "actor": row.done_by.display_name if row.done_by else ""}
    else:
        outcome = "missed" if row.due_at < at else "pending"
    return Item(row.due_at, outcome, row.subject_type, row.subject_id, facts, record=row.id)


def _of_measure(asked: _Asked, proof: Counted) -> list[Item]:
    """One item a day with a point; its link lists what was counted that day."""
    measure = measures().get(proof.measure)
    if measure is None:
        return []
    last = asked.until.astimezone(ZoneInfo(asked.span.zone)).date()
    rows: dict[date, list[int]] = {}
    points = MeasurePoint.objects.filter(
        code=proof.measure, site=asked.site, source="", day__gte=asked.span.first, day__lt=last
    )
    for day, numerator, denominator in points.order_by("-day").values_list("day", "numerator", "denominator"):
        sums = rows.setdefault(day, [0, 0])
        sums[0] += numerator
        sums[1] += denominator
    leads_to = measure.records_url
    return [
        Item(
            datetime.combine(day, time(), ZoneInfo(asked.span.zone)),
            "counted",
            "",
            None,
            {"numerator": sums[0] // measure.parts, "denominator": sums[1]},
            leads_to(asked.site, "", day, day) if leads_to else f"/measures/{measure.code}/",
        )
        for day, sums in list(rows.items())[: asked.limit]
    ]


def _of_record(asked: _Asked, proof: Kept) -> list[Item]:
    rows = rows_of_proof(proof, asked.span)
    if asked.only_failing:
        rows = rows.filter(proof.failing) if proof.failing is not None else rows.none()
    until: Any = asked.until
    if is_by_day(proof):
        until = asked.until.astimezone(ZoneInfo(asked.span.zone)).date()
    until_pk = _pk_of(proof, asked.until_id)
    ordered = rows.filter(_before(proof.moment, until, "pk", until_pk)).order_by(f"-{proof.moment}", "-pk")
    found = list(ordered.values_list("pk", proof.moment, *_told(proof))[: asked.limit])
    failing = _failing(proof, [row[0] for row in found])
    zone = ZoneInfo(asked.span.zone)
    return [
        _row(
            asked,
            proof,
            moment if isinstance(moment, datetime) else datetime.combine(moment, time(), zone),
            row_id,
            told,
            outcome="failing" if row_id in failing else "kept",
        )
        for row_id, moment, *told in found
    ]


def _of_register(asked: _Asked, proof: Standing) -> list[Item]:
    """What stood in the register when the period ended, the newest entries first."""
    if asked.only_failing:
        return []
    before = min(asked.until_id, first_id_at(asked.span.end))
    rows = rows_of_register(proof, asked.span.sites).filter(pk__lt=before).order_by("-pk")
    found = rows.values_list("pk", *_told(proof))[: asked.limit]
    return [_row(asked, proof, made_at(row_id), row_id, told, outcome="on_file") for row_id, *told in found]


def _told(proof: Kept) -> list[str]:
    """What is read of a row beside its key: its subject, then its name where it bears one."""
    return [proof.subject_id, *([proof.named] if proof.named else [])]


def _row(asked: _Asked, proof: Kept, at: datetime, row_id: Any, told: Sequence[Any], *, outcome: str) -> Item:
    """A row of a record, check or register; about nothing, it is called by what it is."""
    subject = _as_uuid(told[0]) if proof.subject_type else None
    what = str(proof.what or controls()[asked.code].title)
    name = f"{what} · {told[1]}" if proof.named and told[1] else what
    return Item(
        at,
        outcome,
        proof.subject_type if subject else "",
        subject,
        label="" if subject else name,
        record=_as_uuid(row_id),
    )


def _as_uuid(value: Any) -> UUID | None:
    """History keeps ids as text, and its own rows are numbered: a number stands in a UUID's low bits.

    None for what is no id: a row that is about nothing, or names it by something else.
    """
    if isinstance(value, UUID):
        return value
    try:
        return UUID(int=value) if isinstance(value, int) else UUID(value or "")
    except ValueError:
        return None


def _pk_of(proof: Kept, key: UUID) -> UUID | int:
    """A key as the primary key of the proof's table."""
    is_uuid = isinstance(apps.get_model(proof.model)._meta.pk, UUIDField)
    return key if is_uuid else min(key.int, _LAST_NUMBER)


def _failing(proof: Kept, ids: list[Any]) -> set[Any]:
    if proof.failing is None or not ids:
        return set()
    rows = apps.get_model(proof.model)._base_manager.filter(proof.failing, pk__in=ids)
    return set(rows.values_list("pk", flat=True))


def _shown(actor: Actor, found: list[Item]) -> list[Item]:
    """With labels and links; what the reader may not see keeps its moment and outcome only."""
    pairs = {(item.subject_type, item.subject_id) for item in found if item.subject_id is not None}
    known = subjects.labels(actor, pairs)
    return [_as_seen(item, known) for item in found]


def _as_seen(item: Item, known: Mapping[Any, subjects.SubjectLabel]) -> Item:
    if item.subject_id is None:
        return item
    seen = known[item.subject_type, item.subject_id]
    if not seen.visible:
        # Verdicts and breaches have a page of their own, which whoever may look at controls may see.
        return replace(item, label=seen.label, visible=False, facts=item.facts if item.url else {})
    return replace(item, label=seen.label, url=item.url or seen.url)
