"""Policies: list, import, reading, comparison."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liangyi.domains.governance import queries, services
from liangyi.domains.governance.models import PolicyImport, PolicyVersion
from liangyi.domains.governance.permissions import IMPORT, VIEW
from liangyi.platform import clock
from liangyi.platform.errors import Missing
from liangyi.web.governance.forms.reading import ImportForm, VersionForm
from liangyi.web.governance.pages import life
from liangyi.web.governance.pages import reading as pages
from liangyi.web.shell.page import Request, page
from liangyi.web.shell.signin import go
from liangyi.web.shell.submission import submit

# What is larger is read by a job: it would take longer than a second.
QUICK_TEXT = 120_000
QUICK_FILE = 60_000


@page(VIEW)
def policies(request: Request) -> HttpResponse:
    """Every policy of the group."""
    found = queries.policies_for_list(request.actor, after=_uuid(request, "after"), limit=queries.PAGE + 1)
    rows = found[: queries.PAGE]
    next_key = rows[-1].id if len(found) > queries.PAGE else None
    return render(request, "governance/list.html", {"rows": rows, "next_key": next_key})


@page(IMPORT, methods=("GET", "POST"))
def import_policy(request: Request) -> HttpResponse:
    """Bring a policy in."""
    form = ImportForm(*_sent(request))
    done = submit(request, form, lambda data: _bring_in(request, data), to=_after_import)
    return done or render(request, "governance/import.html", {"form": form})


@page(IMPORT, methods=("GET", "POST"))
def import_version(request: Request, policy: UUID) -> HttpResponse:
    """Bring in the next version of a policy; afterwards both stand side by side."""
    found = queries.policy_for(request.actor, policy)
    form = VersionForm(*_sent(request))
    done = submit(request, form, lambda data: _bring_in(request, data, policy), to=_after_import)
    return done or render(request, "governance/import.html", {"form": form, "policy": found})


def _bring_in(
    request: Request, data: dict[str, Any], policy: UUID | None = None
) -> PolicyVersion | PolicyImport:
    is_text = not data["content"].startswith((b"%PDF", b"PK"))
    is_quick = len(data["content"]) <= (QUICK_TEXT if is_text else QUICK_FILE)
    bring_in = services.import_policy if is_quick else services.start_import
    return bring_in(actor=request.actor, at=clock.now(), policy=policy, **data)


def _after_import(result: PolicyVersion | PolicyImport) -> str:
    if isinstance(result, PolicyImport):
        return reverse("governance:progress", args=[result.id])
    return _address_of(result)


def _address_of(version: PolicyVersion) -> str:
    if version.number > 1:
        return reverse("governance:compare", args=[version.policy_id])
    return reverse("governance:document", args=[version.policy_id])


@page(IMPORT)
def progress(request: Request, waiting: UUID) -> HttpResponse:
    """How far a large import has come; goes to the policy when it is read."""
    found = queries.import_for(request.actor, waiting)
    if found.version is not None:
        return go(request, _address_of(found.version))
    return render(request, "governance/progress.html", {"waiting": found})


@page(VIEW)
def document(request: Request, policy: UUID) -> HttpResponse:
    """One version of a policy, clause by clause."""
    found = queries.policy_for(request.actor, policy)
    version = queries.version_for(request.actor, policy, _number(request, "version"))
    context = pages.document_context(version, found, request.GET.get("kind", ""), _number(request, "after"))
    lived = life.life_context(request.actor, found, version, context["versions"], clock.now())
    return render(request, "governance/document.html", {**context, "life": lived})


@page(VIEW)
def compare(request: Request, policy: UUID) -> HttpResponse:
    """Two versions side by side; without a choice the newest and the one before."""
    found = queries.policy_for(request.actor, policy)
    new = queries.version_for(request.actor, policy, _number(request, "new"))
    old = queries.version_for(request.actor, policy, _number(request, "old") or max(new.number - 1, 1))
    change, after = request.GET.get("change", ""), _number(request, "after") or 0
    context = pages.comparison_context(request.actor, found, old, new, change, after)
    return render(request, "governance/compare.html", context)


def _number(request: Request, name: str) -> int | None:
    given = request.GET.get(name, "")
    if not given:
        return None
    if not given.isascii() or not given.isdecimal() or len(given) > 9:
        raise Missing()
    return int(given)


def _uuid(request: Request, name: str) -> UUID | None:
    given = request.GET.get(name, "")
    try:
        return UUID(given) if given else None
    except ValueError:
        raise Missing() from None


def _sent(request: Request) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if request.method == "POST" else (None, None)
