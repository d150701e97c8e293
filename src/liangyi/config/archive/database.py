"""The database for a command of the operator: as it runs, or started for as long as the command takes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connections

from liangyi.config.archive.manifest import ArchiveError
from liangyi.config.embedded.place import PlaceError
from liangyi.config.embedded.server import Server, ServerError
from liangyi.config.supervisor import AlreadyRunning, Lock


@contextmanager
def database_at_hand(*, alone: bool) -> Iterator[None]:
    """Within the block the database answers. `alone`: and no `liangyi run` of this HOME runs beside."""
    server = None if settings.ENV.database_url else Server(settings.HOME)
    if not alone and (server is None or server.running()):
        yield
        return
    try:
        lock = Lock(settings.HOME)
        if server is not None:
            server.start()
    except AlreadyRunning as error:
        raise ArchiveError(f"{error}: stop it first") from None
    except (PlaceError, ServerError) as error:
        raise ArchiveError(str(error)) from None
    try:
        yield
    finally:
        connections.close_all()
        if server is not None:
            server.stop()
        lock.release()
