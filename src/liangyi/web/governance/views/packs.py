"""Evidence packs: asked for, watched while they are made, taken along."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse

from liangyi.domains.governance.enums import PackState
from liangyi.domains.governance.permissions import PACK, VIEW
from liangyi.domains.governance.queries import packs as queries
from liangyi.domains.governance.services import packing as services
from liangyi.platform import clock
from liangyi.platform.documents import files
from liangyi.platform.documents.signing import key_at
from liangyi.platform.errors import Missing
from liangyi.web.governance.forms.packs import PackForm
from liangyi.web.governance.pages import packs as pages
from liangyi.web.shell.page import Request, page
from liangyi.web.shell.signin import go
from liangyi.web.shell.submission import submit


@page(PACK)
def packs(request: Request) -> HttpResponse:
    """The site's packs and the keys they are signed with."""
    after = _uuid(request.GET.get("after", ""))
    context = pages.list_context(request.actor, request.site.id, after)
    return render(request, "governance/packs/list.html", context)


@page(PACK, methods=("GET", "POST"))
def new_pack(request: Request) -> HttpResponse:
    """Choose clauses, days and whom it is for."""
    sent = request.POST if request.method == "POST" else None
    choices = pages.inspections_to_choose(request.actor, request.site.id, clock.now())
    form = PackForm(sent, inspections=choices, initial=pages.initial_of(request))

    def ask(data: dict[str, Any]) -> Any:
        return services.request_pack(actor=request.actor, at=clock.now(), site=request.site.id, **data)

    done = submit(request, form, ask, to=lambda pack: reverse("governance:pack", args=[pack.id]))
    ticked = set(request.POST.getlist("clauses")) if sent is not None else None
    context = {"form": form, "ticked": ticked, **pages.choice_context(request)}
    return done or render(request, "governance/packs/new.html", context)


@page(PACK)
def pack(request: Request, pack: UUID) -> HttpResponse:
    """One pack: how far it has come, and how to check it."""
    found = queries.pack_for(request.actor, pack)
    context = {"row": pages.pack_row(found), "key": key_at(found.finished_at) if found.finished_at else None}
    return render(request, "governance/packs/pack.html", context)


@page(PACK, methods=("POST",))
def retry_pack(request: Request, pack: UUID) -> HttpResponse:
    """Try again what failed."""
    services.retry_pack(actor=request.actor, at=clock.now(), pack=pack)
    return go(request, reverse("governance:pack", args=[pack]))


@page(VIEW)
def pack_download(request: Request, pack: UUID) -> HttpResponse:
    """The pack itself, for its makers and the inspector it was made for; written down."""
    found = queries.pack_for(request.actor, pack)
    if found.state != PackState.DONE or found.file is None:
        raise Missing()
    content = files.read(found.file)
    services.note_download(actor=request.actor, at=clock.now(), pack=found)
    return StreamingHttpResponse(  # type: ignore[return-value]  # as good as any answer to @page
        content,
        content_type="application/zip",
        headers={
            "Content-Length": str(found.file.size),
            "Content-Disposition": f'attachment; filename="evidence.zip"; {_name_in_utf8(found.file.name)}',
            "X-Content-Type-Options": "nosniff",
        },
    )


def _name_in_utf8(name: str) -> str:
    return f"filename*=UTF-8''{quote(name)}"


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        raise Missing() from None
