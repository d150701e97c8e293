"""Sends prepared HTTP requests over kept connections and measures each answer."""

from __future__ import annotations

import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from statistics import quantiles
from threading import Barrier, Lock, Thread


@dataclass
class Measured:
    """What came of one scenario with some clients."""

    clients: int
    milliseconds: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    seconds: float = 0.0

    @property
    def per_second(self) -> float:
        """Answers a second, all clients together."""
        return len(self.milliseconds) / self.seconds if self.seconds else 0.0

    def percentile(self, percent: int) -> float:
        """Milliseconds within which so many percent were answered."""
        if len(self.milliseconds) < 2:
            return self.milliseconds[0] if self.milliseconds else 0.0
        return quantiles(self.milliseconds, n=100, method="inclusive")[percent - 1]


class Wire:
    """A kept connection: bytes out, status in, the body read and dropped."""

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, request: bytes) -> int:
        """Send one request and read its whole answer; returns the status."""
        self._socket.sendall(request)
        head, body = self._head()
        lines = head.lower().split(b"\r\n")
        status = int(lines[0].split()[1])
        length = next((int(line[15:]) for line in lines if line.startswith(b"content-length:")), None)
        if length is None:
            self._read_chunks(body)
        else:
            while len(body) < length:
                body += self._more()
        return status

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def _head(self) -> tuple[bytes, bytes]:
        received = b""
        while b"\r\n\r\n" not in received:
            received += self._more()
        head, _, body = received.partition(b"\r\n\r\n")
        return head, body

    def _read_chunks(self, body: bytes) -> None:
        while not body.endswith(b"0\r\n\r\n"):
            body += self._more()

    def _more(self) -> bytes:
        found = self._socket.recv(65536)
        if not found:
            raise ConnectionError("the server hung up")
        return found


def run_load(port: int, requests: Sequence[bytes], clients: int, seconds: float) -> Measured:
    """Let `clients` send the requests, each once, in turns, for so many seconds or until none is left."""
    measured = Measured(clients)
    queue, lock = iter(requests), Lock()
    line = Barrier(clients + 1)
    ends: list[float] = []

    def next_request() -> bytes | None:
        with lock:
            return next(queue, None)

    def client() -> None:
        wire = Wire(port)
        line.wait()
        for took, status in _asked(wire, next_request, time.perf_counter() + seconds):
            measured.milliseconds.append(took)
            measured.statuses[status] += 1
        ends.append(time.perf_counter())
        wire.close()

    threads = [Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    line.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    measured.seconds = max(ends, default=began) - began
    return measured


def _asked(wire: Wire, next_request: Callable[[], bytes | None], until: float) -> Iterator[tuple[float, int]]:
    while time.perf_counter() < until and (request := next_request()) is not None:
        began = time.perf_counter()
        status = wire.ask(request)
        yield (time.perf_counter() - began) * 1000, status
