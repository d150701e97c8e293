"""The register: every clause in force with the way it is carried out, its health and its figures."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar
from uuid import UUID

from liangyi.domains.governance.queries.evidence.shapes import (
    Shape,
    all_codes,
    built,
    codes_of,
    containing,
    healths_of,
    require_evidence,
    rows_of,
    shapes,
    shown_clauses,
    why_nothing,
)
from liangyi.platform.actors import Actor
from liangyi.platform.controls.evidence.queries import tallies
from liangyi.platform.controls.evidence.rules import Health, Tally

T = TypeVar("T")
PAGE = 50
NO_KIND = "nothing"
_PAGE = """
SELECT id, identity, policy_id, title, version, position, number, text, kind, path, key FROM shown
WHERE key = ANY(%s) AND (%s::uuid IS NULL OR policy_id = %s) AND (%s = '' OR kind = %s)
  AND (%s = '' OR path ->> 0 = %s) AND (%s = '' OR path ->> 1 = %s)
  AND (%s::uuid IS NULL OR (policy_id, position) > (%s, %s))
ORDER BY policy_id, position LIMIT %s"""


@dataclass(frozen=True)
class Filters:
    """What the register is narrowed to; empty is everything. `by` is a kind of control or NO_KIND, `chapter`
    and `section` are the two highest titles above a clause."""

    policy: UUID | None = None
    kind: str = ""
    health: str = ""
    by: str = ""
    text: str = ""
    chapter: str = ""
    section: str = ""


@dataclass(frozen=True)
class RegisterRow:
    """One clause. `why_nothing` tells unreviewed, none_fits and planned apart."""

    clause: UUID
    identity: UUID
    policy: UUID
    title: str
    version: int
    position: int
    number: str
    text: str
    kind: str
    path: Sequence[str]
    key: str
    health: Health

    @property
    def codes(self) -> tuple[str, ...]:
        """The controls it is tied to."""
        return codes_of(self.key)

    @property
    def why_nothing(self) -> str:
        """Why nothing carries it out."""
        return why_nothing(self.key)

    @property
    def after(self) -> str:
        """The key of what follows."""
        return f"{self.policy}_{self.position}"


@dataclass(frozen=True)
class Register:
    """A page of clauses, what the chips count, and the tallies of the controls."""

    rows: Sequence[RegisterRow]
    next_key: str
    total: int
    policies: Sequence[tuple[UUID, str, int]]
    kinds: Mapping[str, int]
    healths: Mapping[str, int]
    ways: Mapping[str, int]
    tallies: Mapping[str, Tally]


def register_rows(
    actor: Actor,
    site: UUID,
    first_day: date,
    last_day: date,
    filters: Filters,
    *,
    at: datetime,
    drafts: bool = False,
    after: str = "",
    limit: int = PAGE,
) -> Register:
    """The clauses in force (with `drafts`, of the newest versions) with their health at a site in a period.

    Six statements, eight with measures, however many clauses there are. Denied to whoever may not look at
    the site's controls.
    """
    require_evidence(actor, site)
    by_chapter = bool(filters.chapter or filters.section)
    all_shapes = shapes(drafts=drafts, text=filters.text, by_chapter=by_chapter)
    keys = {shape.key for shape in all_shapes}
    found = tallies(all_codes(all_shapes), site, first_day, last_day, at=at)
    healths = healths_of(keys, found)
    ways = {key: ways_of(key) for key in keys}
    tests = _tests(filters, healths, ways)
    wanted = [shape for shape in all_shapes if all(test(shape) for test in tests.values())]
    rows = _page(filters, {shape.key for shape in wanted}, healths, drafts, after, limit)
    titles = {shape.policy: shape.title for shape in all_shapes}
    by_policy = _counted(all_shapes, tests, "policy", lambda shape: [shape.policy])
    return Register(
        rows[:limit],
        rows[limit - 1].after if len(rows) > limit else "",
        sum(shape.count for shape in wanted),
        [(policy, titles[policy], by_policy[policy]) for policy in titles],
        _counted(all_shapes, tests, "kind", lambda shape: [shape.kind]),
        _counted(all_shapes, tests, "health", lambda shape: [healths[shape.key]]),
        _counted(all_shapes, tests, "by", lambda shape: ways[shape.key]),
        found,
    )


def ways_of(key: str) -> set[str]:
    """The kinds of the controls that carry a clause out; NO_KIND without any."""
    return {str(control.kind) for control in built(key)} or {NO_KIND}


def _tests(
    filters: Filters, healths: Mapping[str, Health], ways: Mapping[str, set[str]]
) -> dict[str, Callable[[Shape], bool]]:
    tests: dict[str, Callable[[Shape], bool]] = {}
    if filters.policy:
        tests["policy"] = lambda shape: shape.policy == filters.policy
    if filters.kind:
        tests["kind"] = lambda shape: shape.kind == filters.kind
    if filters.health:
        tests["health"] = lambda shape: healths[shape.key] == filters.health
    if filters.chapter:
        tests["chapter"] = lambda shape: shape.chapter == filters.chapter
    if filters.section:
        tests["section"] = lambda shape: shape.section == filters.section
    if filters.by:
        tests["by"] = lambda shape: filters.by in ways[shape.key]
    return tests


def _counted(
    of: Iterable[Shape],
    tests: Mapping[str, Callable[[Shape], bool]],
    facet: str,
    values: Callable[[Shape], Iterable[T]],
) -> Counter[T]:
    """How many clauses each choice of a facet would show, the other filters as they are."""
    counts: Counter[T] = Counter()
    for shape in of:
        if all(test(shape) for name, test in tests.items() if name != facet):
            for value in values(shape):
                counts[value] += shape.count
    return counts


def _page(
    filters: Filters, keys: set[str], healths: Mapping[str, Health], drafts: bool, after: str, limit: int
) -> list[RegisterRow]:
    policy, position = _key_from(after)
    values: list[Any] = [containing(filters.text), sorted(keys), filters.policy, filters.policy]
    values += [*[filters.kind] * 2, *[filters.chapter] * 2, *[filters.section] * 2]
    values += [policy, policy, position, limit + 1]
    rows = rows_of(shown_clauses(drafts=drafts) + _PAGE, values)
    return [as_row(row, healths) for row in rows]


def as_row(fields: Sequence[Any], healths: Mapping[str, Health]) -> RegisterRow:
    """A row of `shown` with its health."""
    row_id, identity, policy, title, version, position, number, text, kind, path, key = fields
    return RegisterRow(
        row_id,
        identity,
        policy,
        title,
        version,
        position,
        number,
        text.strip(),
        kind,
        json.loads(path),
        key,
        healths[key],
    )


def _key_from(after: str) -> tuple[UUID | None, int]:
    policy, _sep, position = after.partition("_")
    try:
        return UUID(policy), int(position)
    except ValueError:
        return None, 0
