"""What the steps of reading hand to one another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class Kind(StrEnum):
    """What a clause is. Obligations and prohibitions are normative, the others are not."""

    HEADING = "heading"
    PRINCIPLE = "principle"
    OBLIGATION = "obligation"
    PROHIBITION = "prohibition"
    DEFINITION = "definition"
    NARRATIVE = "narrative"

    @property
    def is_normative(self) -> bool:
        return self in (Kind.OBLIGATION, Kind.PROHIBITION)


@dataclass(frozen=True)
class ContentsEntry:
    """A line of a table of contents; `level` 1 is the highest."""

    title: str
    level: int


@dataclass(frozen=True)
class Cleaned:
    """The policy itself. `text` is simplified Chinese without page furniture, glosses and contents."""

    text: str
    title: str = ""
    contents: tuple[ContentsEntry, ...] = ()
    glosses_removed: int = 0
    furniture_removed: int = 0


@dataclass(frozen=True)
class ReadClause:
    """One clause. `text` is exactly its stretch of the cleaned text, marker and line ends included.

    `number` is unique in the document (see `numbering`), `path` the titles it stands under, highest
    first. `is_broken`: characters were lost before we got it. `is_incomplete`: the document breaks off.
    """

    number: str
    path: tuple[str, ...]
    text: str
    kind: Kind
    is_broken: bool = False
    is_incomplete: bool = False


@dataclass(frozen=True)
class Reading:
    """A policy that was read."""

    cleaned: Cleaned
    clauses: tuple[ReadClause, ...] = field(default=())

    @property
    def counts(self) -> Mapping[Kind, int]:
        """How many clauses of each kind, none left out."""
        found = Counter(clause.kind for clause in self.clauses)
        return {kind: found[kind] for kind in Kind}
