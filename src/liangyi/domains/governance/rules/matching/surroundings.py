"""What stands round a clause: a short rule among rules about waste is about waste."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

REACH = 2
_TELLING = frozenset(("obligation", "prohibition", "principle"))


class Placed(Protocol):
    """A clause as it was read or as it is kept."""

    @property
    def text(self) -> str: ...

    @property
    def kind(self) -> str: ...


def near(clauses: Sequence[Placed], at: int) -> list[tuple[int, str]]:
    """The rules at most REACH places before and after `clauses[at]`, each with its distance."""
    places = range(max(0, at - REACH), min(len(clauses), at + REACH + 1))
    return [
        (abs(place - at), clauses[place].text.strip())
        for place in places
        if place != at and clauses[place].kind in _TELLING
    ]
