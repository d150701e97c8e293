"""Clauses by what they are tied to: thousands of clauses have few shapes, and a health each.

A shape's `key` is the codes of its confirmed controls, in order and parted by spaces; NONE_FITS where a
reviewer said that none fits, UNREVIEWED where nobody has said anything yet.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import connection

from liangyi.domains.governance.enums import VersionState
from liangyi.domains.governance.models import PolicyVersion
from liangyi.domains.governance.permissions import VIEW as VIEW_POLICIES
from liangyi.platform.actors import Actor
from liangyi.platform.controls.catalogue import Control, controls
from liangyi.platform.controls.evidence.rules import Health, Tally, health, worst
from liangyi.platform.controls.permissions import VIEW as VIEW_CONTROLS

NONE_FITS, UNREVIEWED = "-", "?"
_IN_FORCE = "v.state = 'released'"
_NEWEST = """p.retired_at IS NULL AND v.state IN ('draft', 'review', 'approved', 'released')
  AND v.number = (SELECT max(n.number) FROM governance_policyversion n WHERE n.policy_id = v.policy_id)"""
SHOWN = """
WITH said AS (
    SELECT identity,
           coalesce(string_agg(control, ' ' ORDER BY control) FILTER (WHERE control <> ''), '-') AS key
    FROM governance_match WHERE state = 'confirmed' GROUP BY identity
), shown AS (
    SELECT c.id, c.identity, c.position, c.number, c.text, c.kind, c.path, v.policy_id, p.title,
           v.number AS version, coalesce(s.key, '?') AS key
    FROM governance_clause c
    JOIN governance_policyversion v ON v.id = c.version_id
    JOIN governance_policy p ON p.id = v.policy_id
    LEFT JOIN said s ON s.identity = c.identity
    WHERE c.kind IN ('obligation', 'prohibition') AND {versions} AND c.text ILIKE %s
)"""
_SHAPES = """
SELECT policy_id, title, kind, key, {chapter}, {section}, count(*), min(position)
FROM shown GROUP BY 1, 2, 3, 4, 5, 6 ORDER BY 1, 8"""


@dataclass(frozen=True)
class Shape:
    """So many clauses of one kind in one chapter that are tied to the same controls."""

    policy: UUID
    title: str
    kind: str
    key: str
    chapter: str
    section: str
    count: int
    position: int

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """The confirmed controls."""
        return codes_of(self.key)


def require_evidence(actor: Actor, site: UUID) -> None:
    """Evidence is for whoever may read policies and look at the controls of the site."""
    actor.require(VIEW_CONTROLS, site)
    actor.require(VIEW_POLICIES, site)


def has_released() -> bool:
    """Whether any policy is in force."""
    return PolicyVersion.objects.filter(state=VersionState.RELEASED).exists()


def shown_clauses(*, drafts: bool) -> str:
    """The common table `shown`: normative clauses of what is in force, or of the newest versions."""
    return SHOWN.format(versions=_NEWEST if drafts else _IN_FORCE)


def containing(text: str) -> str:
    """A pattern for ILIKE that takes the text as it stands."""
    escaped = text.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"%{escaped}%"


def shapes(*, drafts: bool, text: str = "", by_chapter: bool = True) -> list[Shape]:
    """All shapes in the order of the policies' texts; fewer without chapters. One statement."""
    titles = ("coalesce(path ->> 0, '')", "coalesce(path ->> 1, '')") if by_chapter else ("''", "''")
    sql = _SHAPES.format(chapter=titles[0], section=titles[1])
    return [Shape(*row) for row in rows_of(shown_clauses(drafts=drafts) + sql, [containing(text)])]


def codes_of(key: str) -> tuple[str, ...]:
    """The control codes in a key."""
    return () if key in (NONE_FITS, UNREVIEWED) else tuple(key.split(" "))


def all_codes(of: Iterable[Shape]) -> set[str]:
    """Every control that any of the clauses is tied to."""
    return {code for shape in of for code in shape.codes}


def healths_of(keys: Collection[str], tallies: Mapping[str, Tally]) -> dict[str, Health]:
    """The health of the clauses with each of these keys."""
    known, nothing = controls(), Tally()
    of_code = {
        code: health(known.get(code), tallies.get(code, nothing))
        for code in {code for key in keys for code in codes_of(key)}
    }
    return {key: worst([of_code[code] for code in codes_of(key)]) for key in keys}


def why_nothing(key: str) -> str:
    """Why a clause is carried out by nothing: "unreviewed", "none_fits", "planned", or "" where it is not."""
    if key == UNREVIEWED:
        return "unreviewed"
    if key == NONE_FITS:
        return "none_fits"
    return "" if built(key) else "planned"


def built(key: str) -> list[Control]:
    """The controls of a key that carry something out."""
    known = controls()
    return [known[code] for code in codes_of(key) if code in known and not known[code].planned]


def rows_of(sql: str, values: Sequence[Any]) -> list[Any]:
    """All rows of a statement."""
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        found: list[Any] = cursor.fetchall()
    return found
