"""Bearer tokens: get one for a username and password, end it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from ninja import Router, Schema, Status
from ninja.security import HttpBearer
from pydantic import Field

from liangyi.api.fields import Text
from liangyi.api.problems import Problem, problem
from liangyi.platform import clock
from liangyi.platform.access import queries, services
from liangyi.platform.access.errors import TooManyAttempts, WrongCredentials
from liangyi.platform.actors import Actor

router = Router(tags=["auth"])


class ApiRequest(HttpRequest):
    """A request whose token was good."""

    auth: Actor
    token: str


class Bearer(HttpBearer):
    """Turns the token into the actor; answers 401 for one that is unknown, ended or expired."""

    def authenticate(self, request: HttpRequest, token: str) -> Any:
        """The actor behind `token`, or None."""
        actor = queries.actor_for_token(token, clock.now(), request_id=getattr(request, "request_id", ""))
        if actor is None:
            return None
        if "Accept-Language" not in request.headers:
            translation.activate(actor.language)
        request.token = token  # type: ignore[attr-defined]
        return actor


class Credentials(Schema):
    """Who signs in."""

    username: Text = Field(min_length=1, max_length=64)
    password: Text = Field(min_length=1, max_length=200)


class TokenOut(Schema):
    """A token, shown this once, and the moment it stops working."""

    token: str
    expires_at: datetime


@router.post(
    "/token",
    auth=None,
    response={200: TokenOut, (400, 401, 422, 429): Problem},
    operation_id="issue_token",
    summary="Get a token for a username and password",
)
def issue_token(request: HttpRequest, payload: Credentials) -> Any:
    """Rate-limited: repeated wrong passwords lock the account and address for a while (429)."""
    try:
        issued = services.issue_token(
            request=request, at=clock.now(), username=payload.username, password=payload.password
        )
    except WrongCredentials as error:
        return problem(401, error.code, str(error.message))
    except TooManyAttempts as error:
        request.axes_locked_out = False  # type: ignore[attr-defined]  # else axes answers in our place
        answer = problem(429, error.code, str(error.message))
        answer["Retry-After"] = str(int(settings.AXES_COOLOFF_TIME.total_seconds()))
        return answer
    return {"token": issued.raw, "expires_at": issued.expires_at}


@router.delete(
    "/token",
    response={204: None, 401: Problem},
    operation_id="revoke_token",
    summary="End the token this request was sent with",
)
def revoke_token(request: ApiRequest) -> Status[None]:
    """The token stops working at once."""
    services.revoke_token(actor=request.auth, raw=request.token, at=clock.now())
    return Status(204, None)
