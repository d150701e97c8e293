"""Reading what one has been asked to read, whatever one's role; and who has read a version."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liangyi.domains.governance.permissions import MAINTAIN
from liangyi.domains.governance.queries.receipts import receipt_for, receipts_for, receipts_visible_to
from liangyi.domains.governance.services import receipts as services
from liangyi.platform import clock
from liangyi.platform.errors import Missing
from liangyi.web.governance.forms.life import AnswerForm
from liangyi.web.governance.pages import life, receipts
from liangyi.web.governance.views.life import version_by_id
from liangyi.web.shell.page import Request, page
from liangyi.web.shell.signin import go
from liangyi.web.shell.submission import submit


@page(None)
def to_read(request: Request) -> HttpResponse:
    """What I have been asked to read, and what I have read."""
    is_done = request.GET.get("list") == "done"
    found = receipts_for(request.actor, is_done=is_done, after=_key(request))
    return render(request, "governance/life/to_read.html", receipts.list_context(found, clock.now(), is_done))


@page(None, methods=("GET", "POST"))
def read(request: Request, receipt: UUID) -> HttpResponse:
    """Read on from where one was; at the end, say so."""
    if elsewhere := _readers_page(request, receipt):
        return elsewhere
    found = receipt_for(request.actor, receipt)
    if request.method == "POST":
        return _read_on(request, receipt)
    return render(request, "governance/life/read.html", receipts.reading_context(found, _position(request)))


def _read_on(request: Request, receipt: UUID) -> HttpResponse:
    """Keep how far the reader has come; a last stretch is confirmed with it."""
    who: dict[str, Any] = {"actor": request.actor, "at": clock.now(), "receipt": receipt}
    position = _number(request.POST.get("position", ""))
    services.note_progress(position=position, **who)
    here = reverse("governance:read", args=[receipt])
    if "confirm" not in request.POST:
        return go(request, f"{here}?after={position}")
    done = services.confirm_reading(**who)
    return go(request, here if done.completed_at else reverse("governance:take_test", args=[receipt]))


@page(None)
def changes(request: Request, receipt: UUID) -> HttpResponse:
    """Only what differs from the version before."""
    found = receipt_for(request.actor, receipt)
    before = receipts.version_before(found.version)
    if before is None:
        raise Missing()
    return render(request, "governance/life/changes.html", receipts.changes_context(found, before))


@page(None, methods=("GET", "POST"))
def take_test(request: Request, receipt: UUID) -> HttpResponse:
    """Answer the questions; as often as it takes."""
    found = receipt_for(request.actor, receipt)
    questions = list(found.version.questions.order_by("position"))
    if not questions:
        raise Missing()
    form = AnswerForm(request.POST or None, questions=questions)

    def answer(data: dict[str, Any]) -> object:
        given = [data[f"answer_{question.position}"] for question in questions]
        return services.answer_test(actor=request.actor, at=clock.now(), receipt=receipt, answers=given)

    done = submit(request, form, answer, to=reverse("governance:take_test", args=[receipt]))
    last = receipts.last_attempt(found)
    context = {
        "receipt": found,
        "policy": found.version.policy,
        "form": form,
        "last": last,
        "wrong": receipts.wrong_of(last, [question.answer for question in questions]),
    }
    return done or render(request, "governance/life/take_test.html", context)


@page(MAINTAIN)
def readers(request: Request, version: UUID) -> HttpResponse:
    """Who has to read a version, and who has."""
    found = version_by_id(request, version)
    context = life.readers_context(request.actor, found, clock.now(), _key(request))
    return render(request, "governance/life/readers.html", context)


def _readers_page(request: Request, receipt: UUID) -> HttpResponse | None:
    """Whoever sees to policies comes from somebody else's receipt to the list of its readers."""
    others = receipts_visible_to(request.actor).exclude(account=request.actor.id).filter(id=receipt)
    version = others.values_list("version", flat=True).first()
    return go(request, reverse("governance:readers", args=[version])) if version else None


def _position(request: Request) -> int | None:
    given = request.GET.get("after", "")
    return _number(given) if given else None


def _number(text: str) -> int:
    """A position as the pages write it; -1 is before the first clause."""
    if text == "-1":
        return -1
    if not text.isascii() or not text.isdecimal() or len(text) > 9:
        raise Missing()
    return int(text)


def _key(request: Request) -> UUID | None:
    given = request.GET.get("after", "")
    try:
        return UUID(given) if given else None
    except ValueError:
        raise Missing() from None
