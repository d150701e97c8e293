"""What the screens of evidence packs show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from liangyi.domains.governance.enums import PackState
from liangyi.domains.governance.models import Pack
from liangyi.domains.governance.queries import inspecting
from liangyi.domains.governance.queries import packs as queries
from liangyi.domains.governance.queries.evidence import RegisterRow, has_released, register_rows
from liangyi.domains.governance.rules.inspecting import state_of
from liangyi.domains.governance.rules.packing import LARGEST
from liangyi.platform.actors import Actor
from liangyi.platform.documents.models import SigningKey
from liangyi.web.governance.pages.periods import day_choices, period_of
from liangyi.web.governance.pages.register import NARROWING, filters_of
from liangyi.web.shell.page import Request

TONES = {
    PackState.WAITING: "info",
    PackState.RUNNING: "waiting",
    PackState.DONE: "good",
    PackState.FAILED: "danger",
}


@dataclass(frozen=True)
class PackRow:
    """A pack and how far it has come."""

    pack: Pack
    tone: str

    @property
    def is_open(self) -> bool:
        """Whether it is still to be made."""
        return self.pack.state in (PackState.WAITING, PackState.RUNNING)

    @property
    def total(self) -> int:
        """How many clauses it is about."""
        return len(self.pack.clauses)


@dataclass(frozen=True)
class Chapter:
    """Clauses to choose from that stand under one title."""

    title: str
    rows: Sequence[RegisterRow]


def pack_row(pack: Pack) -> PackRow:
    """The pack with its tone."""
    return PackRow(pack, TONES[PackState(pack.state)])


def list_context(actor: Actor, site: UUID, after: UUID | None) -> dict[str, Any]:
    """A page of a site's packs, and the keys they are signed with."""
    found = queries.packs_for_list(actor, site, after=after, limit=queries.PAGE + 1)
    rows = found[: queries.PAGE]
    return {
        "rows": [pack_row(row) for row in rows],
        "next_key": rows[-1].id if len(found) > queries.PAGE else None,
        "keys": list(SigningKey.objects.order_by("-made_at").defer("sealed")),
    }


def choice_context(request: Request) -> dict[str, Any]:
    """The policies to choose from, and the clauses that the address (a register's own) narrows to."""
    period, filters = period_of(request), filters_of(request)
    chosen: list[Chapter] = []
    count = 0
    if is_narrowed(request):
        found = register_rows(
            request.actor,
            request.site.id,
            period.first,
            period.last,
            filters,
            at=period.at,
            drafts=request.GET.get("drafts") == "1" or not has_released(),
            limit=LARGEST,
        )
        count = len(found.rows)
        chosen = [Chapter(title, list(rows)) for title, rows in groupby(found.rows, key=_chapter_of)]
    return {
        "policies": choices_of_policy(request),
        "is_all": request.GET.get("policy") == "all",
        "chapters": chosen,
        "count": count,
        "is_narrowed": is_narrowed(request),
        "days": day_choices(request, period),
    }


def is_narrowed(request: Request) -> bool:
    """Whether anything was chosen yet."""
    return any(request.GET.get(name) for name in NARROWING)


def initial_of(request: Request) -> dict[str, Any]:
    """What the form begins with."""
    period = period_of(request)
    titles = [policy.title for policy, is_on in choices_of_policy(request) if is_on]
    return {
        "first_day": period.first,
        "last_day": period.last,
        "title": _("%(title)s证据包") % {"title": titles[0] if titles else ""},
        "inspection": request.GET.get("inspection", ""),
    }


def choices_of_policy(request: Request) -> list[tuple[Any, bool]]:
    """The policies, and whether the address asks for each."""
    asked = request.GET.get("policy")
    return [(policy, str(policy.id) == asked) for policy in queries.policies_to_pack(request.actor)]


def inspections_to_choose(actor: Actor, site: UUID, at: datetime) -> list[tuple[str, str]]:
    """The inspections of the site that are open or to come."""
    rows = inspecting.inspections_for_list(actor, site, limit=inspecting.PAGE)
    return [
        (str(row.id), f"{row.organisation} · {row.account.display_name}")
        for row in rows
        if state_of(at, row.valid_from, row.valid_until, row.ended_at) in ("open", "coming")
    ]


def _chapter_of(row: RegisterRow) -> str:
    return " › ".join([row.title, *row.path[:1]])
