"""The embedded server for a command that finds it away: started, and ended with the command."""

from __future__ import annotations

import atexit

from django.conf import settings
from django.db import connections

from liangyi.config.embedded.server import Server
from liangyi.config.supervisor import AlreadyRunning, Lock, say


def start_for_command() -> bool:
    """Start the server of this HOME until this process ends; False where that is not ours to do.

    Not with an external server, in a part of `liangyi run` (which tends its own), in tests, or while a
    `liangyi run` of this HOME is coming up. Raises PlaceError and ServerError.
    """
    env = settings.ENV
    if env.database_url or env.process != "command" or env.mode == "test":
        return False
    server = Server(settings.HOME)
    try:
        lock = Lock(settings.HOME)
    except AlreadyRunning:
        return False
    if server.running():
        lock.release()
        return False
    say("starting the database for this command")
    server.start()
    atexit.register(_end, server, lock)
    return True


def _end(server: Server, lock: Lock) -> None:
    connections.close_all()
    server.stop()
    lock.release()
