"""The board: which share of the clauses is carried out, by site, policy, chapter and month."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from liangyi.domains.governance.queries.evidence.register import RegisterRow, as_row
from liangyi.domains.governance.queries.evidence.shapes import (
    Shape,
    all_codes,
    codes_of,
    containing,
    healths_of,
    require_evidence,
    rows_of,
    shapes,
    shown_clauses,
)
from liangyi.platform.actors import Actor
from liangyi.platform.controls.evidence.queries import tallies_by_month, tallies_by_site
from liangyi.platform.controls.evidence.rules import Health, Tally
from liangyi.platform.controls.permissions import VIEW as VIEW_CONTROLS

MONTHS = 12
WORST = 10
_WORST = """
SELECT id, identity, policy_id, title, version, position, number, text, kind, path, key FROM shown
WHERE key = ANY(%s) ORDER BY array_position(%s::text[], key), policy_id, position LIMIT %s"""


@dataclass
class Part:
    """A policy, chapter or section with how its clauses fare, and what stands under it."""

    title: str
    policy: UUID | None = None
    counts: Counter[Health] = field(default_factory=Counter)
    parts: dict[str, Part] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many clauses."""
        return self.counts.total()


@dataclass(frozen=True)
class Board:
    """`months` has each month's counts, the oldest first; the clauses are those of today throughout."""

    sites: Mapping[UUID, Counter[Health]]
    policies: Sequence[Part]
    months: Sequence[tuple[str, Counter[Health]]]
    worst: Sequence[RegisterRow]
    tallies: Mapping[str, Tally]
    total: int


def board(
    actor: Actor,
    site: UUID,
    first_day: date,
    last_day: date,
    *,
    at: datetime,
    drafts: bool = False,
    sites: Collection[UUID] = (),
) -> Board:
    """How a site fares in a period, beside those of `sites` that the reader may look at.

    Statements are constant, however many clauses, sites and months there are.
    """
    require_evidence(actor, site)
    seen = [one for one in sites if actor.is_system or actor.may(VIEW_CONTROLS, one)]
    all_shapes = shapes(drafts=drafts)
    codes, keys = all_codes(all_shapes), _by_key(all_shapes)
    by_site = tallies_by_site(codes, {site, *seen}, first_day, last_day, at=at)
    healths = healths_of(keys, by_site[site])
    return Board(
        {one: _shares(keys, by_site[one]) for one in [*seen, *([] if site in seen else [site])]},
        _tree(all_shapes, healths),
        _months(keys, codes, site, last_day, at),
        _worst(healths, by_site[site], drafts),
        by_site[site],
        sum(shape.count for shape in all_shapes),
    )


def _by_key(of: Iterable[Shape]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for shape in of:
        counts[shape.key] += shape.count
    return counts


def _shares(keys: Counter[str], tallies: Mapping[str, Tally]) -> Counter[Health]:
    counts: Counter[Health] = Counter()
    for key, found in healths_of(keys, tallies).items():
        counts[found] += keys[key]
    return counts


def _tree(of: Iterable[Shape], healths: Mapping[str, Health]) -> list[Part]:
    policies: dict[UUID, Part] = {}
    for shape in of:
        policy = policies.setdefault(shape.policy, Part(shape.title, shape.policy))
        place, found = policy, [policy]
        for title in filter(None, (shape.chapter, shape.section)):
            place = place.parts.setdefault(title, Part(title, shape.policy))
            found.append(place)
        for part in found:
            part.counts[healths[shape.key]] += shape.count
    return list(policies.values())


def _months(
    keys: Counter[str], codes: Collection[str], site: UUID, last_day: date, at: datetime
) -> list[tuple[str, Counter[Health]]]:
    firsts = [_months_before(last_day, back) for back in range(MONTHS - 1, -1, -1)]
    found = tallies_by_month(codes, site, firsts[0], last_day, at=at)
    names = [first.strftime("%Y-%m") for first in firsts]
    return [(name, _shares(keys, found.get(name, {}))) for name in names]


def _months_before(day: date, back: int) -> date:
    index = day.year * 12 + day.month - 1 - back
    return date(index // 12, index % 12 + 1, 1)


def _worst(healths: Mapping[str, Health], tallies: Mapping[str, Tally], drafts: bool) -> list[RegisterRow]:
    """In breach, what fails most first."""
    failing = {key: _failures(key, tallies) for key, found in healths.items() if found is Health.IN_BREACH}
    keys = sorted(failing, key=lambda key: (-failing[key], key))
    if not keys:
        return []
    rows = rows_of(shown_clauses(drafts=drafts) + _WORST, [containing(""), keys, keys, WORST])
    return [as_row(row, healths) for row in rows]


def _failures(key: str, tallies: Mapping[str, Tally]) -> int:
    return sum(tallies.get(code, Tally()).failures for code in codes_of(key))
