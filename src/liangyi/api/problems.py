"""Errors as problem+json (RFC 9457) with a stable `code`."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from pydantic import Field

from liangyi.domains.governance.queries.evidence import clauses_behind
from liangyi.platform.errors import Denied, Invalid, Kind, LiangyiError, Refused

STATUS: Mapping[Kind, int] = {
    "invalid": 422,
    "denied": 403,
    "missing": 404,
    "conflict": 409,
    "refused": 422,
    "busy": 429,
}
TITLES = {
    400: "The request cannot be read",
    401: "Not signed in",
    403: "Not allowed",
    404: "Not found",
    409: "Conflict with the present state",
    422: "Not acceptable as it is",
    429: "Too many attempts",
}


class ClauseOut(Schema):
    """A clause in force that a gate serves; `url` is its page in the console."""

    policy: str
    number: str
    url: str


class RefusalOut(Schema):
    """Why one gate refused, and the clauses of the clinic's policies that stand behind it."""

    control: str
    reason: str
    facts: dict[str, Any]
    remedy: str
    clauses: list[ClauseOut] = Field(default_factory=list)


class Problem(Schema):
    """What went wrong. `errors` names fields, `refusals` gates, `alternatives` other free times."""

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str = ""
    errors: dict[str, list[str]] | None = None
    refusals: list[RefusalOut] | None = None
    alternatives: list[dict[str, Any]] | None = None
    data: dict[str, Any] | None = Field(None, description="Further facts, by the code")


def problem(status: int, code: str, detail: str = "", **extra: Any) -> JsonResponse:
    """A problem+json response; `extra` members that are None are left out."""
    body = {"type": "about:blank", "title": TITLES.get(status, ""), "status": status, "code": code}
    body |= {"detail": detail} | {name: plain(value) for name, value in extra.items() if value is not None}
    answer = JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
    answer["Content-Type"] = "application/problem+json"
    return answer


@csrf_exempt
def unknown_address(_request: HttpRequest, _rest: str = "") -> JsonResponse:
    """The answer below /api/ where nothing stands, so that programs need not read a page."""
    return problem(404, "missing", "There is nothing at this address")


def plain(value: Any) -> Any:
    """JSON values only: dataclasses become objects, times ISO 8601, ids and lazy texts strings."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: plain(getattr(value, field.name)) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    if value is None or isinstance(value, bool | int | float | str):
        return value
    return str(value)


def refusals_of(error: Refused) -> list[dict[str, Any]]:
    """The refusals of a refused decision as REST shows them."""
    serves = clauses_behind({refusal.control for refusal in error.refusals})
    return [
        {
            "control": r.control,
            "reason": str(r.reason),
            "facts": plain(r.facts),
            "remedy": str(r.remedy),
            "clauses": [
                {"policy": ref.policy, "number": ref.number, "url": ref.url} for ref in serves[r.control]
            ],
        }
        for r in error.refusals
    ]


def _ours(_request: HttpRequest, error: Any) -> HttpResponse:
    """For a LiangyiError of any kind."""
    status = STATUS[error.kind]
    if isinstance(error, Refused):
        return problem(status, error.code, str(error), refusals=refusals_of(error))
    if isinstance(error, Invalid):
        errors = {name: [str(text) for text in texts] for name, texts in error.fields.items()}
        return problem(status, error.code, str(error), errors=errors)
    if isinstance(error, Denied):
        return problem(status, error.code, str(error), data={"permission": error.permission})
    data = dict(error.data)
    alternatives = data.pop("alternatives", None)
    return problem(status, error.code, str(error.message), alternatives=alternatives, data=data or None)


def _validation(_request: HttpRequest, error: Any) -> HttpResponse:
    """For ninja's ValidationError."""
    errors: dict[str, list[str]] = {}
    for item in error.errors:
        where = [str(part) for part in item["loc"] if part not in ("body", "query", "path", "header")]
        errors.setdefault(".".join(where[1:] if where[:1] == ["payload"] else where), []).append(item["msg"])
    return problem(
        422, "invalid", "; ".join(text for texts in errors.values() for text in texts), errors=errors
    )


def install(api: NinjaAPI) -> None:
    """Make every error of `api` a problem."""
    api.add_exception_handler(LiangyiError, _ours)
    api.add_exception_handler(ValidationError, _validation)
    api.add_exception_handler(
        AuthenticationError,
        lambda _request, _error: problem(401, "access.not_signed_in", "Send a Bearer token"),
    )
    api.add_exception_handler(HttpError, _unreadable)


def _unreadable(_request: HttpRequest, error: Any) -> HttpResponse:
    """For ninja's HttpError: a body that is no JSON."""
    return problem(error.status_code, "unreadable", str(error))
