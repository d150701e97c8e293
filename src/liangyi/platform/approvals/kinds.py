"""The kinds of approval: what is asked, and who says yes in which order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from liangyi.platform.approvals.models import Approval

Facts = Mapping[str, Any]


@dataclass(frozen=True)
class Step:
    """One word that is needed: the work goes to `role`, whoever holds `permission` may say it."""

    role: str
    permission: str


def _nothing_more(_facts: Facts) -> Sequence[tuple[Any, Any]]:
    return ()


@dataclass(frozen=True)
class ApprovalKind:
    """`title` makes one line from the facts, `url` is the page of what is asked for, `lines` are the
    labelled facts a decider reads before saying yes or no."""

    code: str
    title: Callable[[Facts], str]
    url: Callable[[Approval], str]
    steps: tuple[Step, ...]
    lines: Callable[[Facts], Sequence[tuple[Any, Any]]] = _nothing_more


_kinds: dict[str, ApprovalKind] = {}


def register(kind: ApprovalKind) -> ApprovalKind:
    """Declare a kind; its code is taken once, and it has a step."""
    if kind.code in _kinds:
        raise ValueError(f"approval kind {kind.code} is already registered")
    if not kind.steps:
        raise ValueError(f"approval kind {kind.code} has no step")
    _kinds[kind.code] = kind
    return kind


def kinds() -> Mapping[str, ApprovalKind]:
    """Every kind by code."""
    return _kinds


def title_of(kind: str, facts: Facts) -> str:
    """A request's line in the reader's language; its code once the kind has left the product."""
    found = _kinds.get(kind)
    return found.title(facts) if found else kind
