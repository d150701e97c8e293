"""The kinds of work: how an item is called and where its work is done."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from uuid import UUID

if TYPE_CHECKING:
    from liangyi.platform.worklist.models import WorkItem


@dataclass(frozen=True)
class WorkKind:
    """`title` makes one line from an item's facts; `url` is the page where the work is done.

    An item not done `escalate_after` working days after it was due is shown to the director. Work that is
    not `by_hand` is done on its own page only: ticking it off would prove nothing. Where it `needs_note` it
    is not done without a word on what was found; `not_by` names accounts that it is not for: a review is
    never by those whose doing is reviewed.
    """

    code: str
    title: Callable[[Mapping[str, Any]], str]
    url: Callable[[WorkItem], str]
    escalate_after: int = 1
    by_hand: bool = True
    needs_note: bool = False
    not_by: Callable[[WorkItem], Collection[UUID]] | None = None


_kinds: dict[str, WorkKind] = {}


def register(kind: WorkKind) -> WorkKind:
    """Declare a kind of work; its code is taken once."""
    if kind.code in _kinds:
        raise ValueError(f"work kind {kind.code} is already registered")
    _kinds[kind.code] = kind
    return kind


def title_of(item: WorkItem) -> str:
    """An item's line in the reader's language; its code once the kind has left the product."""
    kind = _kinds.get(item.kind)
    return kind.title(item.facts) if kind else item.kind


def kinds() -> Mapping[str, WorkKind]:
    """Every kind by code."""
    return _kinds


def by_hand(kind: str) -> bool:
    """Whether work of this kind may simply be ticked off; so may what has left the product."""
    found = _kinds.get(kind)
    return found is None or found.by_hand


def needs_note(kind: str) -> bool:
    """Whether work of this kind is finished only with a note."""
    found = _kinds.get(kind)
    return found is not None and found.needs_note


def not_by(item: WorkItem) -> Collection[UUID]:
    """The accounts that may not finish this item."""
    found = _kinds.get(item.kind)
    return found.not_by(item) if found is not None and found.not_by is not None else ()
