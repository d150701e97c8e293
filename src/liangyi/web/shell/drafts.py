"""What was typed and not yet saved: kept on the server, sealed, and given back."""

from __future__ import annotations

from contextlib import suppress

from django.http import HttpRequest

from liangyi.platform import clock
from liangyi.platform.access import services
from liangyi.platform.actors import Actor
from liangyi.platform.errors import Invalid
from liangyi.web.shell.requests import Request

FIELD = "_draft"
SECRET_WORDS = ("password", "csrf", "secret", "token")


def typed_fields(request: HttpRequest) -> dict[str, list[str]]:
    """The posted fields worth keeping: never a password or a token."""
    return {
        name: values
        for name, values in request.POST.lists()
        if not name.startswith("_") and not any(word in name.lower() for word in SECRET_WORDS)
    }


def key_of(name: str) -> str:
    """The name a form's draft is kept under."""
    return name[:200]


def keep_posted(request: HttpRequest, actor: Actor) -> None:
    """Save what a form was posted with as its draft, when the post itself cannot be answered any more."""
    if request.method == "POST" and (key := request.POST.get(FIELD)):
        with suppress(Invalid):
            services.save_draft(actor=actor, at=clock.now(), form=key_of(key), fields=typed_fields(request))


def drop_submitted(request: Request) -> None:
    """Forget the draft of the form that was just saved."""
    if key := request.POST.get(FIELD):
        services.discard_draft(actor=request.actor, form=key_of(key))
