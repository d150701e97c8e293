"""Around every request: its number, one line in the log, and the headers no library of ours sets."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from liangyi.config.logs import request_id
from liangyi.platform.ids import new_id

log = logging.getLogger("liangyi.requests")

HEADER = "X-Request-Id"
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
_USABLE = re.compile(r"[A-Za-z0-9._-]{8,64}")


class RequestMiddleware:
    """Sets `request.request_id` (a sensible number of the proxy is kept) and logs the end of the request.

    The line holds the path without its query: what was searched for is nobody's business here.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        sent = request.headers.get(HEADER, "")
        number = sent if _USABLE.fullmatch(sent) else new_id().hex
        request.request_id = number  # type: ignore[attr-defined]  # the attribute this middleware exists to give
        token = request_id.set(number)
        began = time.perf_counter()
        try:
            response = self.get_response(request)
            response[HEADER] = number
            response.setdefault("Permissions-Policy", PERMISSIONS)
            if not request.path.startswith(settings.STATIC_URL):
                response.setdefault("Cache-Control", "no-store")  # patients' data stays out of caches
                took = (time.perf_counter() - began) * 1000
                log.info("%s %s %d %.0fms", request.method, request.path, response.status_code, took)
        finally:
            request_id.reset(token)
        return response
