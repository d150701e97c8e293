"""Every form of the console tried with empty, huge, wrong-typed, script, emoji and NUL input.

The forms are found by walking the pages of a small clinic as three roles, so what is sent goes to real
things under the real field names. Routes that take a POST but show no form are sent the same fields.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from html.parser import HTMLParser
from typing import Any, NamedTuple
from urllib.parse import urljoin, urlsplit
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, get_resolver, resolve

from liangyi.platform import actors
from liangyi.platform.access.models import Account
from liangyi.platform.audit.services import recorded

pytestmark = pytest.mark.django_db

SCRIPT = "<script>alert('xss')</script>\"'><img src=x onerror=alert(1)>"
SCRIPT_SIGNS = ("<script>alert('xss')", "<img src=x onerror")
INPUTS = {
    "empty": "",
    "huge": "长" * 33_000 + "x" * 1_000,
    "wrong type": "not-a-number-99999999999999999999-date",
    "script": SCRIPT,
    "emoji": "👩🏽‍⚕️🦷\u202e٣",
    "NUL": "a\x00b",
}
NOBODY = "01900000-0000-7000-8000-000000000000"
SAMPLES = {"uuid": NOBODY, "str": "x", "slug": "x", "int": "1", "path": "x"}
LEAVE_ALONE = ("sign-out", "/static/", "/api/", "/events")
MOST_OF_A_KIND = 2
"""Pages opened, and forms tried, of one route."""


class Form(NamedTuple):
    """Where a form posts to, and its fields with the values they have on the page."""

    action: str
    fields: tuple[tuple[str, str, str], ...]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name, _kind, _value in self.fields)


class Page(HTMLParser):
    """The links and the forms of a page."""

    def __init__(self, address: str, text: str) -> None:
        super().__init__()
        self.address = address
        self.links: list[str] = []
        self.forms: list[Form] = []
        self._action: str | None = None
        self._fields: list[tuple[str, str, str]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        for name in ("href", "hx-get"):
            if values.get(name, "").startswith(("/", "?")):
                self.links.append(urljoin(self.address, values[name]))
        if "hx-post" in values and tag != "form":
            self.forms.append(Form(urljoin(self.address, values["hx-post"]), ()))
        if tag == "form":
            self._begin(values)
        elif self._action is not None and values.get("name"):
            kind = values.get("type", "text") if tag == "input" else tag
            self._fields.append((values["name"], kind, values.get("value", "")))

    def _begin(self, values: dict[str, str]) -> None:
        posts = values.get("method", "").lower() == "post" or "hx-post" in values
        target = values.get("hx-post") or values.get("action") or self.address
        self._action = urljoin(self.address, target) if posts else None
        self._fields = []

    def handle_endtag(self, tag: str) -> None:
        if tag == "form" and self._action is not None:
            self.forms.append(Form(self._action, tuple(self._fields)))
            self._action = None


class Visitor:
    """Walks the console as one role, and sends bad input."""

    def __init__(self, account: Account) -> None:
        self.client = Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)
        with recorded(actors.system("test")):
            self.client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
        self.troubles: list[str] = []
        self.reached: set[str] = set()

    def walk(self, start: str) -> list[Form]:
        """The forms of all pages that links lead to, a few of each route."""
        waiting, seen, opened = [start], {start}, dict[str, int]()
        forms: dict[tuple[str, tuple[str, ...]], Form] = {}
        while waiting:
            page = self._open(waiting.pop())
            for form in page.forms if page else ():
                forms.setdefault((_route(form.action), form.names), form)
            for link in page.links if page else ():
                route = _route(link)
                if link not in seen and route and opened.get(route, 0) < MOST_OF_A_KIND:
                    seen.add(link)
                    opened[route] = opened.get(route, 0) + 1
                    waiting.append(link)
        return [form for form in forms.values() if _route(form.action)]

    def _open(self, address: str) -> Page | None:
        answer = self.client.get(address)
        self.judge(f"GET {address}", answer)
        if not answer.headers.get("Content-Type", "").startswith("text/html") or answer.streaming:
            return None
        return Page(address, answer.content.decode())

    def attack(self, form: Form) -> None:
        """Every kind of bad input: in all fields, and only where something is typed."""
        self.reached.add(_route(form.action))
        for kind, bad in INPUTS.items():
            for fields in (dict.fromkeys(form.names, bad), dict(_typed(form, bad))):
                fields.pop("csrfmiddlewaretoken", None)
                answer = self.client.post(form.action, fields)
                self.judge(f"POST {form.action} {kind} {sorted(fields)}", answer)
                if answer.status_code in (302, 303) and not _is_left_alone(answer["Location"]):
                    self.judge(f"after POST {form.action}", self.client.get(answer["Location"]))

    def judge(self, what: str, answer: Any) -> None:
        text = b"" if answer.streaming else answer.content
        if answer.status_code >= 500:
            self.troubles.append(f"{answer.status_code} {what}")
        if answer.headers.get("Content-Type", "").startswith("text/html"):
            self.troubles += [f"echoed {what}" for sign in SCRIPT_SIGNS if sign.encode() in text]


def _typed(form: Form, bad: str) -> Iterator[tuple[str, str]]:
    for name, kind, value in form.fields:
        chosen = kind in ("hidden", "checkbox", "radio", "select", "submit", "button")
        yield name, value if chosen else bad


def _is_left_alone(address: str) -> bool:
    return any(part in address for part in LEAVE_ALONE)


def _route(address: str) -> str:
    """The declared route of an address of ours; empty for others."""
    path = urlsplit(address).path
    if _is_left_alone(path) or not path.startswith("/"):
        return ""
    try:
        return resolve(path).route
    except Exception:
        return ""


def _post_routes() -> Iterator[str]:
    for address, view in _views(get_resolver("liangyi.config.urls").url_patterns):
        if "POST" in getattr(view, "methods", ()) and not _is_left_alone(f"/{address}"):
            yield address


def _views(patterns: Any, under: str = "") -> Iterator[tuple[str, Any]]:
    for entry in patterns:
        address = under + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield address, entry.callback
        elif not address.startswith("api/"):
            yield from _views(entry.url_patterns, address)


def _sample(route: str, known: dict[str, UUID]) -> str:
    def value(match: re.Match[str]) -> str:
        return str(known.get(match.group(2), SAMPLES[match.group(1)]))

    return "/" + re.sub(r"<(\w+):(\w+)>", value, route)


@pytest.fixture
def known(clinic: Any) -> dict[str, UUID]:
    """Real things, by the names that routes give them."""
    clinic.add_guardian(clinic.patient)
    model = clinic.add_device()
    return {
        "patient_id": clinic.patient.id,
        "patient": clinic.patient.id,
        "service": clinic.service.id,
        "member": clinic.doctor.id,
        "room": clinic.room.id,
        "site": clinic.site.id,
        "model": model.id,
    }


def test_forms_bear_any_input(person: Callable[..., Account], known: dict[str, UUID]) -> None:
    """What one role's form has borne is not sent again from the next role's."""
    attacked: set[tuple[str, tuple[str, ...]]] = set()
    troubles: list[str] = []
    for role in ("director", "admin", "reception"):
        visitor = Visitor(person(role))
        forms = {(_route(form.action), form.names): form for form in visitor.walk("/")}
        for key in forms.keys() - attacked:
            visitor.attack(forms[key])
        if not attacked:
            _attack_unseen(visitor, forms, known)
        attacked |= forms.keys()
        visitor.walk("/")
        troubles += visitor.troubles
    assert troubles == []


def _attack_unseen(visitor: Visitor, forms: Iterable[tuple[str, tuple[str, ...]]], known: Any) -> None:
    """The routes that take a POST but show no form."""
    names = sorted({name for _route, names in forms for name in names})[:20]
    for route in set(_post_routes()) - visitor.reached:
        visitor.attack(Form(_sample(route, known), tuple((name, "text", "") for name in names)))
