"""Writing what policies set: the values of a parameter from a day on. What has been in force stays."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Q

from liangyi.platform import events
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.controls.events import ParameterChanged
from liangyi.platform.controls.models import ParameterValue
from liangyi.platform.controls.values import parameter_named
from liangyi.platform.subjects import Subject

DAY = timedelta(days=1)
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))"


@dataclass(frozen=True)
class NewValue:
    """A value from `first` to `last` (without one for good), and the record that gives it."""

    value: Any
    first: date
    last: date | None = None
    source: Subject | None = None


def lock_control(control: str) -> None:
    """Until the transaction ends, nobody else changes values of this control."""
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [f"controls.parameter:{control}"])


def set_values(
    *,
    actor: Actor,
    at: datetime,
    control: str,
    parameter: str,
    site: UUID | None,
    since: date,
    values: Sequence[NewValue],
) -> bool:
    """From `since` on the parameter has these values at a site (or in the group) and no others; whether
    that changed anything.

    `values` are in order and do not overlap. Nothing before `since` changes: a value that runs into it is
    ended the day before, or goes on when it is the same. No values at all: back to the group's, or the
    default. Publishes ParameterChanged. The caller has checked the right to do it.
    """
    parameter_named(control, parameter)
    wanted = _clipped(values, since)
    with recorded(actor, reason="set parameter"):
        lock_control(control)
        stored = list(_rows(control, parameter, site, since).order_by("effective_from"))
        running = [row for row in stored if row.effective_from < since]
        changed = _settle_running(running, wanted, since)
        coming = {row.effective_from: row for row in stored if row.effective_from >= since}
        changed |= _settle_coming(coming, wanted, control, parameter, site)
        if changed:
            events.publish(ParameterChanged(control, parameter, site, since, at))
    return changed


def _rows(control: str, parameter: str, site: UUID | None, since: date) -> Any:
    lasting = Q(effective_to=None) | Q(effective_to__gte=since)
    return ParameterValue.objects.select_for_update().filter(
        lasting, control=control, parameter=parameter, site=site
    )


def _clipped(values: Sequence[NewValue], since: date) -> list[NewValue]:
    """What of them lies on `since` or later; ValueError when two overlap."""
    kept = [
        NewValue(value.value, max(value.first, since), value.last, value.source)
        for value in values
        if value.last is None or value.last >= since
    ]
    for one, two in pairwise(kept):
        if one.last is None or one.last >= two.first:
            raise ValueError("values overlap")
    return kept


def _settle_running(running: list[ParameterValue], wanted: list[NewValue], since: date) -> bool:
    """End what runs into `since`, but let the newest go on where it is what is wanted now."""
    changed = False
    for row in running:
        goes_on = bool(wanted) and row is running[-1] and _is_same(row, wanted[0], since)
        last = wanted.pop(0).last if goes_on else since - DAY
        if row.effective_to != last:
            row.effective_to, changed = last, True
            row.save(update_fields=["effective_to"])
    return changed


def _is_same(row: ParameterValue, value: NewValue, since: date) -> bool:
    return value.first == since and (row.value, _source(row)) == (value.value, value.source)


def _source(row: ParameterValue) -> Subject | None:
    return (row.source_type, row.source_id) if row.source_id else None


def _settle_coming(
    coming: dict[date, ParameterValue],
    wanted: list[NewValue],
    control: str,
    parameter: str,
    site: UUID | None,
) -> bool:
    changed = False
    for value in wanted:
        source_type, source_id = value.source or ("", None)
        facts = {
            "value": value.value,
            "effective_to": value.last,
            "source_type": source_type,
            "source_id": source_id,
        }
        row = coming.pop(value.first, None) or ParameterValue(
            control=control, parameter=parameter, site_id=site, effective_from=value.first, value=None
        )
        if row._state.adding or any(getattr(row, name) != fact for name, fact in facts.items()):
            for name, fact in facts.items():
                setattr(row, name, fact)
            row.save()
            changed = True
    if coming:
        ParameterValue.objects.filter(id__in=[row.id for row in coming.values()]).delete()
    return changed or bool(coming)
