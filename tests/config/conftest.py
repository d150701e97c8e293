"""Folders for embedded servers, and a way to run the real command."""

from __future__ import annotations

import os
import shutil
import socket
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from liangyi.config.embedded.server import Server


@pytest.fixture
def home() -> Iterator[Path]:
    """A HOME any user may pass through; whatever server is left in it is ended."""
    folder = Path(tempfile.mkdtemp(prefix="liangyi-home-"))
    folder.chmod(0o755)
    yield folder / "var"
    Server(folder / "var").stop_leftover()
    shutil.rmtree(folder)


@pytest.fixture
def server(home: Path) -> Iterator[Server]:
    """A running embedded server of its own."""
    server = Server(home)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def environ(home: Path) -> Callable[..., dict[str, str]]:
    """`environ(mode="production")`: this process's variables with only these of Liangyi's."""

    def make(**values: str) -> dict[str, str]:
        others = {k: v for k, v in os.environ.items() if not k.startswith("LIANGYI_")}
        return {**others, "LIANGYI_HOME": str(home), **{f"LIANGYI_{k.upper()}": v for k, v in values.items()}}

    return make
