"""Django's PostgreSQL backend, whose pooled connections are looked at before use instead of asked.

To ask costs every request a round trip to the server, as much as one of its statements.
"""

from __future__ import annotations

from select import POLLIN, poll
from typing import Any

import psycopg
from django.db.backends.postgresql import base

from liangyi.config.embedded.at_hand import start_for_command


class DatabaseWrapper(base.DatabaseWrapper):
    """Hands out no connection that the server has closed."""

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection of the pool that is alive, or a new one.

        Each dead one leaves the pool for good; while the server is away the pool waits for it, and gives
        up after its timeout. A command of the operator starts an embedded server that is not running.
        """
        try:
            connection = super().get_new_connection(conn_params)
        except psycopg.OperationalError:
            if not start_for_command():
                raise
            connection = super().get_new_connection(conn_params)
        while self.pool and not is_alive(connection):
            connection.close()
            self.pool.putconn(connection)
            connection = super().get_new_connection(conn_params)
        return connection


def is_alive(connection: Any) -> bool:
    """Whether an idle connection can be used: its server has nothing to say, or answers when asked.

    A server that has ended, restarted or cut the connection has closed the socket, which can be seen on
    it at once, as can an error that keep-alive packets have met.
    """
    if connection.closed:
        return False
    socket = poll()
    socket.register(connection.fileno(), POLLIN)
    if not socket.poll(0):
        return True
    try:
        connection.execute("")
    except psycopg.Error:
        return False
    return True
