"""The short way to REST: programs send a token, so nothing of sessions, forms and pages stands between."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.core.handlers.exception import convert_exception_to_response
from django.http import HttpRequest, HttpResponse
from django.urls import resolve
from django.utils import translation
from django.utils.cache import patch_vary_headers

BELOW = "/api/"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
    "X-Frame-Options": "DENY",
}

Answer = Callable[[HttpRequest], Any]


class RestMiddleware:
    """Answers what lies below /api/ past the middleware that only pages need.

    What stands before it in the list counts for REST too; sessions, cookies, CSRF, htmx and files do not.
    The language is the Accept-Language header's, else the account's.
    """

    def __init__(self, get_response: Answer) -> None:
        self._pages = get_response
        self._rest: Answer = convert_exception_to_response(_called)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(BELOW):
            return self._pages(request)  # type: ignore[no-any-return]  # Django types it loosely
        request.get_host()  # refuses a host that is not ours
        translation.activate(translation.get_language_from_request(request))
        response: HttpResponse = self._rest(request)
        if not response.streaming:
            response.headers.setdefault("Content-Length", str(len(response.content)))
        for name, value in HEADERS.items():
            response.headers.setdefault(name, value)
        response.headers.setdefault("Content-Language", translation.get_language())
        patch_vary_headers(response, ("Accept-Language",))
        return response


def _called(request: HttpRequest) -> Any:
    match = resolve(request.path_info)
    request.resolver_match = match
    return match.func(request, *match.args, **match.kwargs)
