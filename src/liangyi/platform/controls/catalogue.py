"""The catalogue of controls: what the product refuses or watches, under codes that policies point to.

LICENCE = register(Control("scheduling.within_licence", GATE, _("…"), _("…"), source="[B-2]"))

@gate(LICENCE, BookAppointment)
def within_licence(decision: BookAppointment, settings: Settings) -> Refusal | None: ...

@watch(LICENCE)
def bookings_outside_licence(at: datetime) -> Iterable[Finding]: ...
"""

from __future__ import annotations

import inspect
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, is_dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar
from uuid import UUID

from liangyi.platform.errors import Refusal

PARAMETER_KINDS = frozenset({"integer", "decimal", "boolean", "text"})


class Kind(StrEnum):
    """What a control does: a gate refuses what is about to happen, a watch finds what breaks a rule, a
    duty recurs and wants proof, a measure is a number with a direction, a check is a human judgement, a
    record is kept by the product with stated fields."""

    GATE = "gate"
    WATCH = "watch"
    DUTY = "duty"
    MEASURE = "measure"
    CHECK = "check"
    RECORD = "record"


@dataclass(frozen=True)
class Parameter:
    """A value of a control that a policy may set; `kind` is "integer", "decimal", "boolean" or "text".

    `stricter` says which way a value binds more: "lower" (days to answer), "higher" (days of warning), or
    "" where two values cannot be compared. `lowest` and `highest` bound what may be set at all; `legal`
    names the law behind the bound on the lax side, where it is one.
    """

    name: str
    kind: str
    default: Any
    unit: Any = ""
    title: Any = ""
    source: Any = ""
    stricter: str = ""
    lowest: Any = None
    highest: Any = None
    legal: Any = ""

    def __post_init__(self) -> None:
        if self.kind not in PARAMETER_KINDS or self.stricter not in ("", "lower", "higher"):
            raise ValueError(f"parameter {self.name}: kind {self.kind!r}, stricter {self.stricter!r}")


@dataclass(frozen=True)
class Control:
    """One control. Titles are lazy Chinese; `source` names the law or rule behind it for inspectors.

    `overridable_by` names the roles that may set a refusal aside; `owner_role` gets the work when a
    watch finds something. `words` are the terms policies use for it, in Chinese and parted by spaces: what
    clauses are matched by, never shown. A `planned` control is not built yet: it is shown as such and is
    never counted as carried out.
    """

    code: str
    kind: Kind | str
    title: Any
    description: Any
    source: Any = ""
    parameters: tuple[Parameter, ...] = ()
    overridable_by: tuple[str, ...] = ()
    owner_role: str = "quality"
    words: str = ""
    planned: bool = False

    def defaults(self) -> dict[str, Any]:
        """The parameters' values where no policy says otherwise."""
        return {parameter.name: parameter.default for parameter in self.parameters}


@dataclass(frozen=True)
class Finding:
    """A record that breaks a watched rule, as of now. Facts are JSON: ids, codes, numbers, dates."""

    subject_type: str
    subject_id: UUID
    site: UUID | None
    facts: dict[str, Any] = field(default_factory=dict)


Settings = Mapping[str, Any]
GateFn = Callable[[Any, Settings], Refusal | None]
WatchFn = Callable[[datetime], Iterable[Finding]]
F = TypeVar("F", bound=Callable[..., Any])


@dataclass(frozen=True)
class Gate:
    """A control asked at a decision."""

    control: Control
    run: GateFn


_controls: dict[str, Control] = {}
_gates: dict[type, list[Gate]] = defaultdict(list)
_watches: dict[str, WatchFn] = {}


def register(control: Control) -> Control:
    """Put a control into the catalogue and hand it back. A code is taken once."""
    if control.code in _controls:
        raise ValueError(f"control {control.code} is already registered")
    Kind(control.kind)
    _controls[control.code] = control
    return control


def gate(control: Control, decision_type: type) -> Callable[[F], F]:
    """Ask `fn(decision, settings)` (or `fn(decision)`) at every decision of this type.

    It returns why it refuses, or None. A control may stand at several decisions.
    """
    if not is_dataclass(decision_type):
        raise TypeError(f"{decision_type.__name__} is not a dataclass")

    def declare(function: F) -> F:
        _gates[decision_type].append(Gate(_known(control), _with_settings(function)))
        return function

    return declare


def watch(control: Control) -> Callable[[F], F]:
    """Ask `fn(at)` every night, and on demand, for all records that break the rule now."""

    def declare(function: F) -> F:
        if _known(control).code in _watches:
            raise ValueError(f"control {control.code} has a watch already")
        _watches[control.code] = function
        return function

    return declare


def controls() -> Mapping[str, Control]:
    """Every control by code."""
    return _controls


def gates_for(decision_type: type) -> list[Gate]:
    """The gates of a decision, in order of declaration."""
    return list(_gates.get(decision_type, ()))


def decision_title(name: str) -> Any:
    """What a decision is called: the `title` (a lazy ClassVar) of its dataclass, else its own name."""
    found = next((kind for kind in _gates if kind.__name__ == name), None)
    return getattr(found, "title", name)


def decisions_of(code: str) -> list[str]:
    """The names of the decisions at which a control is asked."""
    return sorted(
        {kind.__name__ for kind, gates in _gates.items() for gate in gates if gate.control.code == code}
    )


def watches() -> Mapping[str, WatchFn]:
    """Every watch by its control's code."""
    return _watches


def _known(control: Control) -> Control:
    if control.planned:
        raise ValueError(f"control {control.code} is planned: nothing carries it out yet")
    return _controls.get(control.code) or register(control)


def _with_settings(function: Callable[..., Refusal | None]) -> GateFn:
    if len(inspect.signature(function).parameters) >= 2:
        return function
    return lambda decision, _settings: function(decision)
