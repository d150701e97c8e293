"""How a control that decides nothing itself shows that it is carried out, declared beside the control.

FILED = register(Control("patients.registered", Kind.RECORD, …))
prove(FILED, Kept("patients.patient", "patients.Patient", moment="registered_at", site="site_id"))

Gates are proved by their verdicts, watches by their runs and breaches; a planned control by nothing.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Q

from liangyi.platform.controls.catalogue import Control

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


@dataclass(frozen=True)
class Kept:
    """The rows of a table, by the moment they tell of: what records and checks are proved by.

    `model` is "app.Model"; `moment` the lookup of its date or datetime, indexed together with `site` (the
    lookup of the site's id; empty where rows belong to the group; a row with several sites counts once at
    each). Only rows in `where` count; those in `failing` show that the rule was not kept; neither may
    multiply rows.
    `subject_type` gives label and link of `subject_id`. `what` says what one row is and `named` is the lookup
    of the name it bears: a row that is about nothing that has a page of its own is called by them.
    """

    subject_type: str
    model: str
    moment: str
    site: str = ""
    where: Q = field(default_factory=Q)
    failing: Q | None = None
    subject_id: str = "id"
    what: StrOrPromise = ""
    named: str = ""


@dataclass(frozen=True)
class Standing(Kept):
    """A register: on every day at whose end it holds an entry it is proved to be kept.

    Rows need no moment: their ids (UUIDv7) tell since when they stand. Only those in `where` stand.
    """

    moment: str = ""


@dataclass(frozen=True)
class Done:
    """Work items of these kinds, by the day they are due: what duties are proved by."""

    kinds: tuple[str, ...]


@dataclass(frozen=True)
class Counted:
    """The points of a measure, held against its target."""

    measure: str


Proof = Kept | Done | Counted
_proofs: dict[str, Proof] = {}


def prove(control: Control, proof: Proof) -> None:
    """Declare what proves a control. A second declaration, or one for a planned control, is an error."""
    if control.planned:
        raise ValueError(f"control {control.code} is planned: there is nothing to prove yet")
    if control.code in _proofs:
        raise ValueError(f"control {control.code} has a proof already")
    _proofs[control.code] = proof


def is_register(code: str) -> bool:
    """Whether what proves a control is a register that holds entries: counted by the day."""
    return isinstance(_proofs.get(code), Standing)


def proofs() -> Mapping[str, Proof]:
    """Every declared proof by its control's code."""
    return _proofs
