"""What a page says when a service refuses, denies or cannot find: one answer for each kind of error."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from liangyi.platform.access.models import Role
from liangyi.platform.access.registry import permissions
from liangyi.platform.actors import Actor
from liangyi.platform.errors import Denied, Invalid, Kind, LiangyiError, Refused
from liangyi.web.shell.formats import named
from liangyi.web.shell.requests import Request


def require_here(actor: Actor, permission: str) -> None:
    """Raise Denied unless `actor` holds `permission` at its active site; without a site, always."""
    if not actor.is_system and (actor.site is None or not actor.may(permission, actor.site)):
        raise Denied(permission)


def require_writer(request: Request, permission: str) -> None:
    """Raise Denied where somebody who only reads sends anything in; `recorded` would refuse it anyway."""
    if request.actor.reads_only and request.method not in ("GET", "HEAD"):
        raise Denied(permission)


def answer_for(request: Request, error: LiangyiError) -> HttpResponse:
    """The page for `error`, in the layout the request asked for."""
    return _ANSWERS[error.kind](request, error)


def missing(request: Request, _error: Any = None) -> HttpResponse:
    return _error_page(request, "shell/missing.html", 404)


def denied(request: Request, permission: str) -> HttpResponse:
    """403, naming what is missing and which roles hold it."""
    declared = permissions().get(permission)
    roles = Role.objects.filter(permissions__contains=[permission]).order_by("code") if permission else []
    context = {
        "permission_title": declared.title if declared else "",
        "role_names": [named(role) for role in roles],
    }
    return _error_page(request, "shell/denied.html", 403, **context)


def _denied(request: Request, error: LiangyiError) -> HttpResponse:
    return denied(request, error.permission if isinstance(error, Denied) else "")


def _conflict(request: Request, error: LiangyiError) -> HttpResponse:
    return _error_page(request, "shell/conflict.html", 409, error=error)


def _refused(request: Request, error: LiangyiError) -> HttpResponse:
    return _error_page(
        request, "shell/refused.html", 422, refused=error if isinstance(error, Refused) else None
    )


def _invalid(request: Request, error: LiangyiError) -> HttpResponse:
    texts = [text for group in error.fields.values() for text in group] if isinstance(error, Invalid) else []
    return _error_page(request, "shell/invalid.html", 422, texts=texts or [error.message])


def _busy(request: Request, error: LiangyiError) -> HttpResponse:
    return _error_page(request, "shell/busy.html", 503, error=error)


def _error_page(request: Request, template: str, status: int, **context: Any) -> HttpResponse:
    return render(request, template, context, status=status)


_ANSWERS: dict[Kind, Callable[[Request, LiangyiError], HttpResponse]] = {
    "missing": missing,
    "denied": _denied,
    "conflict": _conflict,
    "refused": _refused,
    "invalid": _invalid,
    "busy": _busy,
}
