"""What surgical level a licence may carry: the table of data/levels.toml, read once."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

_FILE = Path(__file__).parents[1] / "data" / "levels.toml"


@dataclass(frozen=True)
class LevelRule:
    """One row: a category with these subjects may reach this level, from a day on, in a jurisdiction."""

    jurisdiction: str
    effective_from: date
    category: str
    max_level: int
    source: str
    with_all: frozenset[str]
    with_any: frozenset[str]

    def holds(self, category: str, subjects: frozenset[str], on: date, jurisdiction: str) -> bool:
        """Whether the rule applies to such a licence on that day."""
        return (
            self.category == category
            and self.jurisdiction == jurisdiction
            and self.effective_from <= on
            and self.with_all <= subjects
            and (not self.with_any or bool(self.with_any & subjects))
        )


@cache
def level_rules() -> tuple[LevelRule, ...]:
    """The rows of the table, as they stand in the file."""
    rows = tomllib.loads(_FILE.read_text("utf-8"))["rule"]
    return tuple(
        LevelRule(
            jurisdiction=row["jurisdiction"],
            effective_from=row["effective_from"],
            category=row["category"],
            max_level=row["max_level"],
            source=row["source"],
            with_all=frozenset(row.get("with_all", ())),
            with_any=frozenset(row.get("with_any", ())),
        )
        for row in rows
    )


def allowed_level(
    category: str, subjects: Iterable[str], on: date, *, jurisdiction: str = "CN"
) -> LevelRule | None:
    """The rule that allows the highest level to a licence of this category and these subjects.

    None where no rule applies: then only services without a level (0) may be done.
    """
    named = frozenset(subjects)
    rules = [rule for rule in level_rules() if rule.holds(category, named, on, jurisdiction)]
    return max(rules, key=lambda rule: rule.max_level, default=None)
