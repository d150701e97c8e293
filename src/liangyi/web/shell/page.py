"""Every view is declared: `@page("permission.code")` for signed-in people, `@public` for anybody.

A view with neither is found by an architecture test. The decorator says who acts (`request.actor`),
where (`request.site`), in which language and time zone, and turns what the services raise into pages.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers

from liangyi.platform.errors import LiangyiError
from liangyi.web.shell import answers, guests, signin
from liangyi.web.shell.requests import Request, layout_for

__all__ = ["Request", "page", "public"]

View = Callable[..., HttpResponse]


def page(
    permission: str | None, *, methods: tuple[str, ...] = ("GET",), login: bool = True
) -> Callable[[View], View]:
    """A page for people who are signed in and hold `permission` at their active site.

    `permission` None: for everybody signed in. `login=False`: the same set-up for whoever comes,
    signed in or not (`request.actor` is then missing). GET allows HEAD.
    """
    if not login:
        return public(methods=methods)

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in (*methods, "HEAD"):
                return HttpResponseNotAllowed(methods)
            if away := signin.sent_away(request):
                return away
            return _answer(signin.personalised(request), view, permission, args, kwargs)

        return _declared(guarded, permission, methods, is_public=False)

    return decorate


def public(*, methods: tuple[str, ...] = ("GET",)) -> Callable[[View], View]:
    """A page anybody may open, without the frame: signing in, first run, error pages."""

    def decorate(view: View) -> View:
        @wraps(view)
        def open_to_all(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if request.method not in (*methods, "HEAD"):
                return HttpResponseNotAllowed(methods)
            request.layout = layout_for(request)  # type: ignore[attr-defined]  # see Request
            return _marked(view(request, *args, **kwargs))

        return _declared(open_to_all, None, methods, is_public=True)

    return decorate


def _declared(view: View, permission: str | None, methods: tuple[str, ...], *, is_public: bool) -> View:
    view.permission = permission  # type: ignore[attr-defined]  # read by the permission table test
    view.methods = methods  # type: ignore[attr-defined]
    view.is_public = is_public  # type: ignore[attr-defined]
    return view


def _answer(
    request: Request, view: View, permission: str | None, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> HttpResponse:
    try:
        if permission is not None:
            answers.require_here(request.actor, permission)
            answers.require_writer(request, permission)
        response = view(request, *args, **kwargs)
        if response.status_code == 200:
            guests.note_look(request)
    except LiangyiError as error:
        response = answers.answer_for(request, error)
    except Http404:
        response = answers.missing(request)
    except PermissionDenied:
        response = answers.denied(request, "")
    finally:
        timezone.deactivate()
    if request.outcome and response.status_code == 200:
        response.status_code = request.outcome.status
    response.headers.setdefault("Content-Language", translation.get_language() or "zh-hans")
    return _marked(response)


def _marked(response: HttpResponse) -> HttpResponse:
    """Pages hold people's data and come in three layouts: no cache may mix or keep them."""
    patch_vary_headers(response, ("HX-Request", "HX-Target", "Cookie"))
    response.headers.setdefault("Cache-Control", "no-store, private")
    return response
