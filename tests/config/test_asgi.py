"""The dispatcher, spoken to as granian speaks to it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from liangyi.config import asgi


def call(body: Iterable[bytes] = (b"",), **scope: Any) -> list[dict[str, Any]]:
    """The messages the dispatcher sends for one request."""
    parts = list(body)
    messages = [{"type": "http.request", "body": part, "more_body": True} for part in parts]
    messages[-1]["more_body"] = False
    sent: list[dict[str, Any]] = []

    async def receive() -> Any:
        return messages.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    asked = {
        "type": "http",
        "method": "GET",
        "path": "/",
        "query_string": b"",
        "http_version": "1.1",
        "headers": [],
    }
    # In a thread of its own: this one may have a browser's loop running.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(lambda: asyncio.run(asgi.application({**asked, **scope}, receive, send))).result()
    return sent


@pytest.fixture
def wsgi(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A WSGI application in Django's place that notes its environment and answers twenty chunks."""
    seen: dict[str, Any] = {}

    class Answer(list[bytes]):
        def close(self) -> None:
            seen["closed"] = True

    def application(environ: dict[str, Any], start_response: Any) -> Answer:
        seen.update(environ, body=environ["wsgi.input"].read())
        start_response("201 Created", [("X-One", "1")])
        return Answer([b"x"] * 20)

    monkeypatch.setattr(asgi, "django", application)
    return seen


def test_request_reaches_wsgi_whole(wsgi: dict[str, Any]) -> None:
    call(
        [b"ab", b"c"],
        method="POST",
        path="/患者/",
        query_string=b"q=1",
        headers=[(b"content-type", b"text/plain"), (b"cookie", b"a=1"), (b"cookie", b"b=2")],
    )
    assert wsgi["body"] == b"abc"
    assert wsgi["CONTENT_LENGTH"] == "3"
    assert wsgi["PATH_INFO"].encode("latin-1").decode() == "/患者/"
    assert (wsgi["QUERY_STRING"], wsgi["CONTENT_TYPE"], wsgi["HTTP_COOKIE"]) == (
        "q=1",
        "text/plain",
        "a=1; b=2",
    )


def test_answer_is_sent_in_pieces_and_closed(wsgi: dict[str, Any]) -> None:
    start, *bodies = call()
    assert (start["status"], start["headers"]) == (201, [(b"x-one", b"1")])
    assert b"".join(body["body"] for body in bodies) == b"x" * 20
    assert [body.get("more_body", False) for body in bodies] == [True, False]
    assert wsgi["closed"]


def test_header_with_an_underscore_is_dropped(wsgi: dict[str, Any]) -> None:
    call(headers=[(b"x_forwarded_proto", b"https"), (b"x-real", b"1")])
    assert "HTTP_X_FORWARDED_PROTO" not in wsgi
    assert wsgi["HTTP_X_REAL"] == "1"


@pytest.mark.parametrize(
    ("headers", "body"),
    [
        ([(b"content-length", str(asgi.LARGEST_BODY + 1).encode())], [b""]),
        ([(b"content-length", b"-1")], [b""]),
        ([], [b"x" * asgi.LARGEST_BODY, b"y"]),
    ],
)
def test_body_too_large_is_refused_before_django(
    wsgi: dict[str, Any], headers: Any, body: list[bytes]
) -> None:
    start, _body = call(body, headers=headers)
    assert start["status"] == 413
    assert wsgi == {}
