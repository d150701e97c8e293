"""What share of clauses the product carries out today, will carry out, or does not carry out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from liangyi.domains.governance.rules.matching import proposals_of
from liangyi.domains.governance.rules.reading.pieces import Reading
from liangyi.domains.governance.rules.reviewing import NONE
from liangyi.platform.controls.catalogue import controls


@dataclass(frozen=True)
class Coverage:
    """Clauses by the control that comes first for them: built, planned, or none."""

    built: int = 0
    planned: int = 0
    nothing: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.built + self.planned + self.nothing


def coverage_of(codes: Iterable[str]) -> Coverage:
    """One code a clause; an empty one, or one that has left the catalogue, is nothing."""
    known = controls()
    found = [known.get(code) for code in codes]
    planned = sum(one is not None and one.planned for one in found)
    nothing = found.count(None)
    return Coverage(len(found) - planned - nothing, planned, nothing)


def first_proposals(reading: Reading) -> list[str]:
    """The control proposed first for each obligation and prohibition, or NONE."""
    return [found[0].control for found in proposals_of(reading).values()]


def first_label(words: str) -> str:
    """The control a row of labels names first: "none" is NONE."""
    first = words.split()[0] if words.split() else "none"
    return NONE if first == "none" else first
