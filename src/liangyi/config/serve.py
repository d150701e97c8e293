"""The web process, started by `liangyi run`: granian with its workers. Arguments: host and port."""

from __future__ import annotations

import multiprocessing
import sys
from importlib import import_module

from granian.constants import Interfaces, Loops
from granian.log import LogLevels
from granian.server import Server

from liangyi.config import env
from liangyi.config.parent import end_with_parent


def main() -> None:
    """Serve until SIGTERM."""
    host, port = sys.argv[1:3]
    end_with_parent()
    _load_once()
    Server(
        "liangyi.config.asgi:application",
        address=host,
        port=int(port),
        interface=Interfaces.ASGI,
        loop=Loops.asyncio,
        workers=env.read().workers,
        websockets=False,
        workers_kill_timeout=3,
        respawn_failed_workers=True,
        respawn_interval=0.5,
        log_level=LogLevels.error,
    ).serve()


def _load_once() -> None:
    """Import everything before the workers are forked, so that it is loaded once for all of them."""
    if multiprocessing.get_start_method() == "fork":
        import_module("liangyi.config.asgi").load_all()


if __name__ == "__main__":
    main()
