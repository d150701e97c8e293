"""What the shell adds to a request: who acts, where, and how the page is laid out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest

from liangyi.platform.access.models import Account, Site
from liangyi.platform.actors import Actor
from liangyi.platform.errors import Conflict, Refused
from liangyi.web.shell.frame import Frame

if TYPE_CHECKING:
    from liangyi.web.shell.overriding import OverrideForm

FULL = "shell/frame.html"
DRAWER = "shell/drawer.html"
FRAGMENT = "shell/fragment.html"
DRAWER_TARGET = "drawer-body"


@dataclass
class Outcome:
    """What became of a submitted form, for the form's template and the answer's status; `override` is there
    where a refusal of it may be set aside."""

    form: Any
    status: int = 200
    refused: Refused | None = None
    conflict: Conflict | None = None
    override: OverrideForm | None = None


class Request(HttpRequest):
    """The request a @page view receives."""

    user: Account
    actor: Actor
    site: Site  # type: ignore[assignment]  # ours, not that of django.contrib.sites
    layout: str
    frame: Frame
    outcome: Outcome | None


def layout_for(request: HttpRequest) -> str:
    """The whole frame, the drawer's inside, or the bare content, by what htmx asked for."""
    headers = request.headers
    if "HX-Request" not in headers or "HX-Boosted" in headers or "HX-History-Restore-Request" in headers:
        return FULL
    return DRAWER if headers.get("HX-Target") == DRAWER_TARGET else FRAGMENT
