"""Steps in the life of a version: review, release, the day it applies, review again, retirement."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from liangyi.domains.governance import queries
from liangyi.domains.governance.models import PolicyVersion
from liangyi.domains.governance.permissions import APPROVE, MAINTAIN, VIEW, policies_visible_to
from liangyi.domains.governance.queries.life import open_clauses_of, questions_for, version_in_force
from liangyi.domains.governance.services import life as services
from liangyi.domains.governance.services import receipts, renewing
from liangyi.platform import clock
from liangyi.platform.clock import HOME_ZONE, local_day
from liangyi.platform.controls.queries import parameter
from liangyi.platform.errors import Invalid, Missing
from liangyi.web.governance.forms.life import NoteForm, ReleaseForm, TestForm, release_initial
from liangyi.web.shell.page import Request, page
from liangyi.web.shell.signin import go
from liangyi.web.shell.submission import submit


@page(VIEW)
def version(request: Request, version: UUID) -> HttpResponse:
    """A version by its own id: its policy, opened there."""
    return go(request, address_of(version_by_id(request, version)))


@page(MAINTAIN, methods=("GET", "POST"))
def submit_version(request: Request, version: UUID) -> HttpResponse:
    """Send a draft for review."""
    found = version_by_id(request, version)
    form = NoteForm(request.POST or None)

    def send(data: dict[str, Any]) -> object:
        return services.submit_version(actor=request.actor, at=clock.now(), version=version, **data)

    done = submit(request, form, send, to=address_of(found))
    context = {**_about(found), "form": form, "open_clauses": open_clauses_of(found)}
    return done or render(request, "governance/life/submit.html", context)


@page(MAINTAIN, methods=("GET", "POST"))
def write_test(request: Request, version: UUID) -> HttpResponse:
    """The short test of a version; at first that of the version before."""
    found = version_by_id(request, version)
    form = TestForm(request.POST or None, questions=questions_for(found))

    def keep(_cleaned: dict[str, Any]) -> object:
        written = form.asked()
        try:
            return receipts.write_test(
                actor=request.actor,
                at=clock.now(),
                version=version,
                questions=[asked for _place, asked in written],
            )
        except Invalid as flaws:
            raise Invalid(_at_their_fields(flaws, [number for number, _asked in written])) from flaws

    done = submit(request, form, keep, to=address_of(found))
    return done or render(request, "governance/life/write_test.html", {**_about(found), "form": form})


@page(MAINTAIN, methods=("GET", "POST"))
def release(request: Request, version: UUID) -> HttpResponse:
    """Release an approved version from a day on."""
    found = version_by_id(request, version)
    form = ReleaseForm(request.POST or None, initial=_release_initial(found))

    def put_out(data: dict[str, Any]) -> object:
        return services.release_version(actor=request.actor, at=clock.now(), version=version, **data)

    done = submit(request, form, put_out, to=address_of(found))
    context = {
        **_about(found),
        "form": form,
        "open_clauses": open_clauses_of(found),
        "questions": found.questions.count(),
    }
    return done or render(request, "governance/life/release.html", context)


@page(MAINTAIN, methods=("GET", "POST"))
def recall(request: Request, version: UUID) -> HttpResponse:
    """Take back a release whose day has not come."""
    found = version_by_id(request, version)
    form = NoteForm(request.POST or None)

    def take_back(data: dict[str, Any]) -> object:
        return services.recall_release(actor=request.actor, at=clock.now(), version=version, **data)

    done = submit(request, form, take_back, to=address_of(found))
    return done or render(request, "governance/life/recall.html", {**_about(found), "form": form})


@page(MAINTAIN, methods=("POST",))
def from_today(request: Request, version: UUID) -> HttpResponse:
    """Have a released version apply now instead of on its day."""
    found = version_by_id(request, version)
    services.bring_forward(actor=request.actor, at=clock.now(), version=version)
    return go(request, address_of(found))


@page(MAINTAIN, methods=("GET", "POST"))
def review(request: Request, policy: UUID) -> HttpResponse:
    """Look again at a policy: it still fits, or a new version is brought in."""
    found = queries.policy_for(request.actor, policy)
    form = NoteForm(request.POST or None, label=_("复审依据"), is_required=True)

    def confirm(data: dict[str, Any]) -> object:
        return renewing.confirm_review(actor=request.actor, at=clock.now(), policy=policy, **data)

    done = submit(request, form, confirm, to=reverse("governance:document", args=[policy]))
    context = {"policy": found, "version": version_in_force(found), "form": form}
    return done or render(request, "governance/life/review.html", context)


@page(APPROVE, methods=("GET", "POST"))
def retire(request: Request, policy: UUID) -> HttpResponse:
    """End a policy without anything in its place."""
    found = queries.policy_for(request.actor, policy)
    form = NoteForm(request.POST or None, label=_("废止理由"), is_required=True)

    def end(data: dict[str, Any]) -> object:
        return services.retire_policy(actor=request.actor, at=clock.now(), policy=policy, reason=data["note"])

    done = submit(request, form, end, to=reverse("governance:document", args=[policy]))
    return done or render(request, "governance/life/retire.html", {"policy": found, "form": form})


def version_by_id(request: Request, version: UUID) -> PolicyVersion:
    """A version of a policy the reader may see."""
    rows = PolicyVersion.objects.filter(id=version, policy__in=policies_visible_to(request.actor))
    found = rows.select_related("policy").defer("text").first()
    if found is None:
        raise Missing()
    return found


def address_of(version: PolicyVersion) -> str:
    """Where a version is read."""
    return f"{reverse('governance:document', args=[version.policy_id])}?version={version.number}"


def _about(version: PolicyVersion) -> dict[str, Any]:
    return {"policy": version.policy, "version": version, "back": address_of(version)}


def _release_initial(version: PolicyVersion) -> dict[str, Any]:
    today = local_day(clock.now(), HOME_ZONE)
    most_days = int(parameter(receipts.READ_CONTROL, "days", None, today))
    most_months = int(parameter(services.REVIEW_CONTROL, "months", None, today))
    before = version_in_force(version.policy)
    readers = list(before.reading_duties.values_list("role", flat=True)) if before else []
    months = min(version.policy.review_months, most_months)
    return release_initial(today, months, min(receipts.USUAL_DAYS, most_days), readers)


def _at_their_fields(flaws: Invalid, numbers: list[int]) -> dict[str, list[Any]]:
    """The service counts the questions that were written; the form has a block for each number."""
    return {
        f"text_{numbers[int(name.removeprefix('question_'))]}" if name else "": texts
        for name, texts in flaws.fields.items()
    }
