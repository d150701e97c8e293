"""People from outside who only read: every page they open is written down, and they see where they stand."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.urls import NoReverseMatch, reverse

from liangyi.platform import clock, subjects
from liangyi.platform.access.models import Account
from liangyi.platform.actors import Actor
from liangyi.platform.audit.permissions import VIEW_READS
from liangyi.platform.audit.services import log_read
from liangyi.web.shell.requests import Request

PAGE = "web.page"
OWN = "shell"
_LONGEST = 300
_home = ""


def register_home(url_name: str) -> None:
    """The page a guest begins at; called from the ready() of the area that has it."""
    global _home
    _home = url_name


def home_for(actor: Actor) -> str:
    """Where this actor begins instead of at the work list, if anywhere."""
    if not actor.reads_only:
        return ""
    try:
        return reverse(_home)
    except NoReverseMatch:
        return ""


def _names(ids: Collection[UUID]) -> dict[UUID, str]:
    return dict(Account.objects.filter(id__in=ids).values_list("id", "display_name"))


def _may_see(actor: Actor, ids: Collection[UUID]) -> set[UUID]:
    return set(ids) if actor.may(VIEW_READS) else set()


subjects.register(PAGE, label=_names, url=lambda _row: "", may_see=_may_see)


def note_look(request: Request) -> None:
    """Write down that a guest opened this page; their own account's pages are nobody's business."""
    match = request.resolver_match
    if not request.actor.reads_only or match is None or match.app_name == OWN:
        return
    row = next((value for value in match.kwargs.values() if isinstance(value, UUID)), None)
    kind = subjects.kind_at(request.path, row) if row is not None else ""
    log_read(
        actor=request.actor,
        at=clock.now(),
        subject_type=kind or PAGE,
        subject_id=row or _id_of(request.actor),
        what=request.get_full_path()[:_LONGEST],
    )


def _id_of(actor: Actor) -> UUID:
    if actor.id is None:
        raise ValueError("a guest has an account")
    return actor.id
