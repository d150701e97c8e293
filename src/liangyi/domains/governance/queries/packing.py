"""What goes into an evidence pack, read in pieces: clauses with their health, the records of a control."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from uuid import UUID

from django.apps import apps

from liangyi.domains.governance.models import Clause, Match
from liangyi.domains.governance.queries.evidence import ClauseHealth, ControlHealth, clause_health
from liangyi.domains.governance.rules.reviewing import NONE, match_id
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.audit.models import History, Seal
from liangyi.platform.controls.catalogue import Control, controls
from liangyi.platform.controls.evidence.queries import items
from liangyi.platform.controls.evidence.records import Item
from liangyi.platform.controls.proofs import Kept, proofs
from liangyi.platform.controls.queries import settings_for

PAGE = 500
_AT_ONCE = 20
_PLATFORM = {
    "passed": "controls_verdict",
    "refused": "controls_verdict",
    "overridden": "controls_verdict",
    "open": "controls_breach",
    "closed": "controls_breach",
    "ran": "controls_watchrun",
    "done": "worklist_workitem",
    "late": "worklist_workitem",
    "missed": "worklist_workitem",
    "pending": "worklist_workitem",
}
# Rows of the platform are shown whole; of a clinic's own records only who changed which field, and when.
WHOLE = frozenset(_PLATFORM.values())


@dataclass(frozen=True)
class Scope:
    """What a pack is about."""

    site: Site
    first: date
    last: date
    at: datetime
    clauses: Sequence[Clause]
    healths: Mapping[UUID, ClauseHealth]
    settings: Mapping[str, Mapping[str, Any]]

    @cached_property
    def controls(self) -> dict[str, ControlHealth]:
        """Every control that any of the clauses is tied to, by code."""
        found = {one.code: one for health in self.healths.values() for one in health.controls}
        return dict(sorted(found.items()))


@dataclass(frozen=True)
class Change:
    """One change of a row."""

    at: datetime
    op: str
    who: str
    reason: str
    old: Mapping[str, Any] | None
    new: Mapping[str, Any] | None

    @property
    def fields(self) -> list[str]:
        """Which fields it changed; none are named for a row that was made or removed."""
        if self.old is None or self.new is None:
            return []
        return sorted(name for name, value in self.new.items() if self.old.get(name) != value)


def scope_of(
    reader: Actor, site: Site, clauses: Sequence[Clause], first: date, last: date, at: datetime
) -> Scope:
    """The clauses with their health in the period, and the values in force on its last day."""
    identities = [clause.identity for clause in clauses]
    healths = clause_health(reader, identities, site.id, first, last, at=at)
    known: dict[str, Control] = {
        one.code: one.control for health in healths.values() for one in health.controls if one.control
    }
    return Scope(site, first, last, at, clauses, healths, settings_for(list(known.values()), site.id, last))


def record_pages(reader: Actor, code: str, scope: Scope) -> Iterator[list[Item]]:
    """The records of a control in the period, newest first, page by page."""
    after: str | None = None
    while page := items(
        reader, code, scope.site.id, scope.first, scope.last, after=after, limit=PAGE, at=scope.at
    ):
        yield page
        if len(page) < PAGE or page[-1].key == after:
            return
        after = page[-1].key


def table_of(code: str, item: Item) -> str:
    """In which table the record of an item stands; none for a measure's day."""
    if item.record is None:
        return ""
    if item.outcome in _PLATFORM:
        return _PLATFORM[item.outcome]
    proof = proofs().get(code)
    return apps.get_model(proof.model)._meta.db_table if isinstance(proof, Kept) else ""


def changes_of(code: str, page: Sequence[Item]) -> dict[UUID, list[Change]]:
    """The history of a page of records, one statement a table."""
    by_table: dict[str, list[UUID]] = defaultdict(list)
    for item in page:
        if item.record is not None and (table := table_of(code, item)):
            by_table[table].append(item.record)
    found: dict[UUID, list[Change]] = defaultdict(list)
    for table, ids in by_table.items():
        for row_id, change in _changes(table, [str(row) for row in ids]):
            found[UUID(row_id)].append(change)
    return found


def match_changes(clauses: Sequence[Clause]) -> Iterator[tuple[Clause, Change]]:
    """Every word that was said on what the clauses are tied to, the oldest first."""
    table = Match._meta.db_table
    for start in range(0, len(clauses), _AT_ONCE):
        some = clauses[start : start + _AT_ONCE]
        owners = {
            str(match_id(clause.identity, control)): clause
            for clause in some
            for control in (NONE, *controls())
        }
        for row_id, change in _changes(table, list(owners)):
            yield owners[row_id], change


def audit_head() -> dict[str, Any]:
    """The last link of the chain over the history at this moment; empty before the first seal."""
    head = Seal.objects.order_by("-sequence").first()
    if head is None:
        return {}
    return {
        "sequence": head.sequence,
        "root": bytes(head.root).hex(),
        "sealed_at": head.sealed_at.isoformat(),
    }


def _changes(table: str, ids: Sequence[str]) -> Iterator[tuple[str, Change]]:
    """The history of rows of a table, the oldest first."""
    rows = History.objects.filter(table=table, row_id__in=ids).order_by("id")
    columns = ("row_id", "at", "op", "actor_name", "reason", "old", "new")
    for row_id, *values in rows.values_list(*columns).iterator():
        yield row_id, Change(*values)
