"""Tying clauses to control points: one screen, one word at a time."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from liangyi.domains.governance import queries, services
from liangyi.domains.governance.models import Clause
from liangyi.domains.governance.permissions import MATCH
from liangyi.platform import clock
from liangyi.platform.errors import Conflict, Invalid, LiangyiError, Missing
from liangyi.web.governance.forms.matching import AGAIN, CLEAR, CONFIRM, KIND, NONE, REJECT, UNDO, WordForm
from liangyi.web.governance.pages import matching as pages
from liangyi.web.governance.pages.points import found_points, title_of
from liangyi.web.shell.page import Request, page
from liangyi.web.shell.signin import go


@page(MATCH)
def review(request: Request, policy: UUID) -> HttpResponse:
    """The newest version's obligations and prohibitions, and what carries them out; others on request."""
    return _screen(request, policy, request.GET.get("clause", ""))


@page(MATCH, methods=("POST",))
def say(request: Request, policy: UUID, clause: UUID) -> HttpResponse:
    """A word on one clause; answers with the screen, so that nothing else on it is lost."""
    form = WordForm(request.POST)
    if not form.is_valid():
        raise Missing()
    read = queries.clause_for(request.actor, clause)
    if read.version.policy_id != policy:
        raise Missing()
    if form.cleaned_data["say"] == KIND:
        return _say_kind(request, read, form.cleaned_data["kind"])
    before = queries.standing_words(read)
    try:
        _carry_out(request, read, form.cleaned_data)
    except (Conflict, Invalid) as error:
        return _screen(request, policy, str(clause), trouble=error)
    done = {"clause": read, "text": _told(form.cleaned_data), "before": before}
    done["after"] = queries.standing_words(read)
    done["can_undo"] = form.cleaned_data["say"] != UNDO and before != done["after"]
    if "HX-Request" not in request.headers:
        return go(request, f"{reverse('governance:review', args=[policy])}?clause={clause}")
    return _screen(request, policy, str(clause), done=done, go_on="go_on" in request.POST)


def _say_kind(request: Request, read: Clause, kind: str) -> HttpResponse:
    """What the clause is; from its own page ("back") the way leads there again."""
    policy, is_back = read.version.policy_id, "back" in request.POST
    try:
        said = services.say_kind(actor=request.actor, at=clock.now(), clause=read.id, kind=kind)
    except (Conflict, Invalid) as error:
        if is_back:
            raise
        return _screen(request, policy, str(read.id), trouble=error)
    if is_back:
        return go(request, reverse("governance:clause", args=[said.id]))
    if "HX-Request" not in request.headers:
        return go(request, f"{reverse('governance:review', args=[policy])}?clause={said.id}")
    text = _("类型改为：%(kind)s") % {"kind": said.get_kind_display()}
    done = {"clause": said, "text": text, "kind_before": read.kind if read.kind != said.kind else ""}
    return _screen(request, policy, str(said.id), done=done)


@page(MATCH)
def search(request: Request, policy: UUID, clause: UUID) -> HttpResponse:
    """Control points of the whole catalogue by words."""
    words = request.GET.get("q", "").strip()
    found = queries.policy_for(request.actor, policy)
    context = {"policy": found, "clause": {"id": clause}, "points": found_points(words), "words": words}
    return render(request, "governance/matching/found.html", context)


def _carry_out(request: Request, clause: Clause, said: dict[str, Any]) -> None:
    who: dict[str, Any] = {"actor": request.actor, "at": clock.now(), "clause": clause.id}
    match said["say"]:
        case "confirm" | "reject":
            state = "confirmed" if said["say"] == CONFIRM else "rejected"
            services.decide_match(**who, control=said["control"], state=state)
        case "none":
            services.confirm_none(**who)
        case "clear":
            services.clear_match(**who, control=said["control"])
        case "again":
            services.confirm_again(**who)
        case _:
            services.restore_matches(**who, before=said["before"], after=said["after"])


def _told(said: dict[str, Any]) -> str:
    """The word in a sentence, for the line that offers to take it back."""
    title = title_of(said["control"])
    sentences = {
        CONFIRM: _("已确认：%(title)s"),
        REJECT: _("已排除：%(title)s"),
        CLEAR: _("已撤回：%(title)s"),
        NONE: _("已确认：没有合适的控制点"),
        AGAIN: _("已按新文字确认"),
        UNDO: _("已撤销"),
    }
    return sentences[said["say"]] % {"title": title}


def _screen(
    request: Request,
    policy: UUID,
    here: str,
    *,
    done: dict[str, Any] | None = None,
    trouble: LiangyiError | None = None,
    go_on: bool = False,
) -> HttpResponse:
    found = queries.policy_for(request.actor, policy)
    version = queries.version_for(request.actor, policy)
    show = request.GET.get("show", request.POST.get("show", ""))
    context = pages.review_context(request.actor, found, version, pages.place_of(version, here), show, go_on)
    context |= {"done": done, "trouble": trouble}
    status = {"conflict": 409, "invalid": 422}.get(trouble.kind, 200) if trouble else 200
    return render(request, "governance/matching/review.html", context, status=status)
