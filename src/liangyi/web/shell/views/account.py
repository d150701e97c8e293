"""My account: password and signed-in browsers."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import update_session_auth_hash
from django.http import HttpResponse
from django.shortcuts import render

from liangyi.platform import clock
from liangyi.platform.access import services
from liangyi.platform.access.queries import sessions_of
from liangyi.web.shell import signin
from liangyi.web.shell.forms import PasswordForm
from liangyi.web.shell.page import Request, page
from liangyi.web.shell.submission import leave, submit


@page(None, methods=("GET", "POST"))
def change_password(request: Request) -> HttpResponse:
    """A new password; forced where an administrator set the present one."""
    form = PasswordForm(request.POST or None)

    def change(data: dict[str, Any]) -> None:
        key = request.session.session_key or ""
        account = services.change_password(
            actor=request.actor, at=clock.now(), old=data["old"], new=data["new"], keep_session=key
        )
        update_session_auth_hash(request, account)

    done = submit(request, form, change, to=signin.safe_next(request))
    return done or render(request, "shell/account/change_password.html", {"form": form})


@page(None, methods=("GET", "POST"))
def sessions(request: Request) -> HttpResponse:
    """Where I am signed in; a post ends one of them."""
    if request.method == "POST":
        services.end_session(actor=request.actor, at=clock.now(), session=request.POST.get("session", ""))
        return leave(request, "")
    rows = sessions_of(request.actor, clock.now())
    context = {"rows": rows, "here": request.session.session_key}
    return render(request, "shell/account/sessions.html", context)
