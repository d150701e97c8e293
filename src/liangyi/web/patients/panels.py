"""What other areas show in a patient's chart: each registers a panel, the chart shows those one may see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from liangyi.domains.patients.models import Patient
from liangyi.web.shell.requests import Request

Render = Callable[[Request, Patient], str]


@dataclass(frozen=True)
class Panel:
    """One panel of the chart's time line. `render` gives safe HTML, "" for nothing to show.

    It is called with the surviving record, for readers holding `permission` at the active site only;
    lower `order` stands higher.
    """

    code: str
    title: Any
    render: Render
    permission: str
    order: int = 50


@dataclass(frozen=True)
class ShownPanel:
    """A panel with what it says about one patient."""

    code: str
    title: Any
    html: str


_panels: dict[str, Panel] = {}


def register(panel: Panel) -> None:
    """Add `panel`; call it from the ready() of the area's app. A second one of the same code replaces it."""
    _panels[panel.code] = panel


def panels_for(request: Request, patient: Patient) -> list[ShownPanel]:
    """The panels of `patient` that the reader may see and that have something to say, in order."""
    allowed = (p for p in _panels.values() if request.actor.may(p.permission, request.site.pk))
    ordered = sorted(allowed, key=lambda panel: (panel.order, panel.code))
    shown = (ShownPanel(panel.code, panel.title, panel.render(request, patient)) for panel in ordered)
    return [panel for panel in shown if panel.html]
