"""Who is at the keyboard: sends strangers to sign in, makes the actor, notices idleness."""

from __future__ import annotations

from datetime import datetime
from typing import Any, cast
from urllib.parse import urlencode, urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import NoReverseMatch, reverse
from django.utils import timezone, translation
from django.utils.http import url_has_allowed_host_and_scheme

from liangyi.platform import clock
from liangyi.platform.access.models import Account, Site
from liangyi.platform.access.queries import actor_for
from liangyi.web.shell import drafts
from liangyi.web.shell.frame import Frame
from liangyi.web.shell.requests import Request, layout_for

IDLE_MINUTES: int = getattr(settings, "IDLE_MINUTES", 15)
SEEN = "seen_at"
_SEEN_EVERY = 30


def sent_away(request: HttpRequest) -> HttpResponse | None:
    """Where the request must go before any page: first run, signing in, a new password. None: nowhere."""
    if not request.user.is_authenticated:
        return go(request, _sign_in_address(request))
    if not request.user.is_valid_at(clock.now()):
        away = _sign_in_address(request, ended="1")
        logout(request)
        return go(request, away)
    if is_idle(request, clock.now()):
        away = _sign_in_address(request, idle="1")
        drafts.keep_posted(request, actor_for(request.user, at=clock.now()))
        logout(request)
        return go(request, away)
    change = reverse("shell:change_password")
    free = (change, reverse("shell:sign_out"), reverse("shell:preferences"))
    if request.user.must_change_password and request.path not in free:
        return go(request, change)
    return None


def personalised(request: HttpRequest) -> Request:
    """The request with actor, site, frame, language and time zone."""
    mine = cast(Request, request)
    account = cast(Account, request.user)
    translation.activate(account.language)
    request.LANGUAGE_CODE = account.language
    mine.actor = actor_for(
        account,
        request_id=getattr(request, "request_id", ""),
        language=account.language,
        at=clock.now(),
    )
    sites = list(Site.objects.filter(id__in=list(mine.actor.grants)).order_by("name"))
    mine.site = cast(Site, next((site for site in sites if site.id == mine.actor.site), None))
    timezone.activate(ZoneInfo(mine.site.time_zone if mine.site else clock.HOME_ZONE))
    mine.frame = Frame(request, account, mine.actor, sites)
    mine.layout = layout_for(request)
    mine.outcome = None
    note_activity(request, clock.now())
    return mine


def is_idle(request: HttpRequest, at: datetime) -> bool:
    """Whether nobody has used this session for longer than IDLE_MINUTES."""
    seen = request.session.get(SEEN)
    return seen is not None and at.timestamp() - float(seen) > IDLE_MINUTES * 60


def note_activity(request: HttpRequest, at: datetime) -> None:
    """Keep when the session was last used, at most twice a minute. A page's own polling does not count."""
    if "X-Background" in request.headers:
        return
    if at.timestamp() - float(request.session.get(SEEN, 0)) > _SEEN_EVERY:
        request.session[SEEN] = int(at.timestamp())


def go(request: HttpRequest, url: str) -> HttpResponse:
    """A redirect that works for a page (303) and for htmx (HX-Redirect) alike."""
    if "HX-Request" in request.headers:
        return HttpResponse(headers={"HX-Redirect": url})
    return HttpResponseRedirect(url, status=303)


def safe_next(request: HttpRequest) -> str:
    """The `next` address, if it is one of ours; else home."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return reverse("shell:home")


def first_run() -> str:
    """Where an empty product is set up, as long as nobody has an account; else nothing."""
    if Account.objects.exists():
        return ""
    try:
        return reverse("firstrun:start")
    except NoReverseMatch:
        return ""


def _sign_in_address(request: HttpRequest, **extra: Any) -> str:
    if first := first_run():
        return first
    return f"{reverse('shell:sign_in')}?{urlencode({'next': _came_from(request), **extra})}"


def _came_from(request: HttpRequest) -> str:
    """The page to return to: the shown page for htmx and posts, else the one asked for."""
    shown = request.headers.get("HX-Current-URL") or (
        request.headers.get("Referer") if request.method != "GET" else ""
    )
    if not shown:
        return request.get_full_path()
    parts = urlsplit(shown)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
