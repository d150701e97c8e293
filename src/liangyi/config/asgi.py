"""What granian calls: a small dispatcher that hands every request to Django's WSGI handler in a thread.

Several times faster than Django's own ASGI handler, and the place where live streams, which must not
hold a thread, are taken out of the threads' way.
"""

from __future__ import annotations

import asyncio
import gc
import io
import os
import sys
from collections.abc import Awaitable, Callable, Iterable, Iterator, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from importlib import import_module
from itertools import islice
from typing import Any

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liangyi.config.settings")

from liangyi.config.parent import end_with_parent
from liangyi.config.settings import ENV, ROOT_URLCONF
from liangyi.config.wsgi import application as django

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

LARGEST_BODY = 10 * 2**20
CHUNKS_AT_ONCE = 16
PLAIN = [(b"content-type", b"text/plain; charset=utf-8")]

_threads = ThreadPoolExecutor(ENV.threads, thread_name_prefix="request")


class BodyTooLarge(Exception):
    """The request's body is larger than we hold in memory."""


async def application(scope: Message, receive: Receive, send: Send) -> None:
    """One request, or the start and end of this process."""
    if scope["type"] == "lifespan":
        await _lifespan(receive, send)
    elif scope["type"] == "http":
        await _request(scope, receive, send)


async def _lifespan(receive: Receive, send: Send) -> None:
    while (message := await receive())["type"] != "lifespan.shutdown":
        if message["type"] == "lifespan.startup":
            end_with_parent(may_be_first=False)
            load_all()
            await send({"type": "lifespan.startup.complete"})
    _threads.shutdown(wait=False)
    await send({"type": "lifespan.shutdown.complete"})


def load_all() -> None:
    """Every page's code and dictionary now, not in the first visitor's time.

    What has been imported stays for good: the garbage collector need not walk through it again.
    """
    for name in (ROOT_URLCONF, "pypinyin"):
        import_module(name)
    gc.collect()
    gc.freeze()
    gc.set_threshold(10_000, 20, 20)


async def _request(scope: Message, receive: Receive, send: Send) -> None:
    try:
        body = await _body(scope, receive)
    except BodyTooLarge:
        await send({"type": "http.response.start", "status": 413, "headers": PLAIN})
        await send({"type": "http.response.body", "body": b"The request is too large.\n"})
        return
    call = _Call(_environ(scope, body))
    run = asyncio.get_running_loop().run_in_executor
    chunk, more = await run(_threads, call.begin)
    await send({"type": "http.response.start", "status": call.status, "headers": call.headers})
    while more:
        await send({"type": "http.response.body", "body": chunk, "more_body": True})
        chunk, more = await run(_threads, call.proceed)
    await send({"type": "http.response.body", "body": chunk})


async def _body(scope: Message, receive: Receive) -> bytes:
    announced = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
    if not announced.isdigit() or int(announced) > LARGEST_BODY:
        raise BodyTooLarge
    parts: list[bytes] = []
    size = 0
    while True:
        message = await receive()
        part = message.get("body", b"")
        size += len(part)
        if size > LARGEST_BODY:
            raise BodyTooLarge
        parts.append(part)
        if not message.get("more_body"):
            return b"".join(parts)


def _environ(scope: Message, body: bytes) -> dict[str, Any]:
    """The WSGI environment of PEP 3333 for an ASGI scope."""
    server = scope.get("server") or ("127.0.0.1", 0)
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode().decode("latin-1"),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "SERVER_NAME": str(server[0]),
        "SERVER_PORT": str(server[1]),
        "REMOTE_ADDR": str((scope.get("client") or ("",))[0]),
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for raw_name, raw_value in scope["headers"]:
        name = raw_name.decode("latin-1").upper().replace("-", "_")
        if name == "CONTENT_LENGTH" or "_" in raw_name.decode("latin-1"):
            continue  # an underscore could pass for a dash and so for another header
        key = name if name == "CONTENT_TYPE" else f"HTTP_{name}"
        value = raw_value.decode("latin-1")
        joint = "; " if name == "COOKIE" else ","
        environ[key] = f"{environ[key]}{joint}{value}" if key in environ else value
    return environ


class _Call:
    """One call of the WSGI application. `begin` and `proceed` run in a thread and hand back what is ready."""

    def __init__(self, environ: dict[str, Any]) -> None:
        self.environ = environ
        self.status = 500
        self.headers: list[tuple[bytes, bytes]] = []
        self._response: Iterable[bytes] = ()
        self._chunks: Iterator[bytes] = iter(())

    def begin(self) -> tuple[bytes, bool]:
        self._response = django(self.environ, self._start)
        self._chunks = iter(self._response)
        return self.proceed()

    def proceed(self) -> tuple[bytes, bool]:
        """The next bytes, and whether there may be more; the last time the response is closed."""
        try:
            chunks = list(islice(self._chunks, CHUNKS_AT_ONCE))
        except BaseException:
            self._close()
            raise
        if more := len(chunks) == CHUNKS_AT_ONCE:
            return b"".join(chunks), more
        self._close()
        return b"".join(chunks), more

    def _start(
        self, status: str, headers: list[tuple[str, str]], _exc_info: Any = None, /
    ) -> Callable[[bytes], object]:
        self.status = int(status[:3])
        self.headers = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
        return _no_write

    def _close(self) -> None:
        close = getattr(self._response, "close", None)
        if close is not None:
            close()


def _no_write(_data: bytes) -> None:
    """PEP 3333's old way of answering, which Django does not use."""
    raise RuntimeError("write() is not supported")
