"""In and out: signing in, signing out, the language before either."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from liangyi.platform import clock
from liangyi.platform.access.errors import TooManyAttempts, WrongCredentials
from liangyi.platform.access.models import Account
from liangyi.platform.access.queries import actor_for
from liangyi.platform.access.services.tokens import authenticated
from liangyi.platform.audit.services import recorded
from liangyi.web.shell import signin
from liangyi.web.shell.forms import SignInForm
from liangyi.web.shell.page import Request, page, public

LANGUAGE_COOKIE_AGE = 365 * 24 * 3600


@public(methods=("GET", "POST"))
def sign_in(request: HttpRequest) -> HttpResponse:
    """Account and password; after five wrong ones a pause of AXES_COOLOFF_TIME."""
    if request.user.is_authenticated and request.method != "POST":
        return signin.go(request, signin.safe_next(request))
    if first := signin.first_run():
        return signin.go(request, first)
    form = SignInForm(request.POST or None)
    locked = False
    if request.method == "POST" and form.is_valid():
        try:
            return _let_in(request, authenticated(request=request, at=clock.now(), **form.cleaned_data))
        except WrongCredentials as error:
            form.add_error(None, str(error.message))
        except TooManyAttempts:
            locked = True
            request.axes_locked_out = False  # type: ignore[attr-defined]  # else axes puts its own page here
    status = 429 if locked else 422 if form.errors else 200
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    context = {
        "form": form,
        "next": signin.safe_next(request),
        "is_locked": locked,
        "minutes": minutes,
        "was_idle": "idle" in request.GET,
        "was_ended": "ended" in request.GET,
        "idle_minutes": signin.IDLE_MINUTES,
    }
    return render(request, "shell/account/sign_in.html", context, status=status)


@public(methods=("POST",))
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session. Drafts stay."""
    logout(request)
    return signin.go(request, reverse("shell:sign_in"))


@public(methods=("POST",))
def language(request: HttpRequest) -> HttpResponse:
    """Keep the language in a cookie, for whoever is not signed in yet."""
    return with_language(signin.go(request, signin.safe_next(request)), request.POST.get("language", ""))


@page(None, methods=("POST",))
def keep_alive(request: Request) -> HttpResponse:  # noqa: ARG001 @page has noted it
    """Somebody is still at the keyboard: @page has noted it."""
    return HttpResponse(status=204)


def with_language(response: HttpResponse, code: str) -> HttpResponse:
    """`response` with the language cookie; an unknown language changes nothing."""
    if code in dict(settings.LANGUAGES):
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, code, max_age=LANGUAGE_COOKIE_AGE, samesite="Lax")
    return response


def _let_in(request: HttpRequest, account: Account) -> HttpResponse:
    with recorded(actor_for(account, at=clock.now()), own=True):
        login(request, account, backend="django.contrib.auth.backends.ModelBackend")
    request.session[signin.SEEN] = int(clock.now().timestamp())
    response = signin.go(request, signin.safe_next(request))
    return with_language(response, account.language)
