"""`liangyi`: the console command, with Django's commands behind it."""

from __future__ import annotations

import os
import sys

import psycopg
from django.core.management import execute_from_command_line
from django.db import DatabaseError, OperationalError

from liangyi.config.embedded.place import PlaceError
from liangyi.config.embedded.server import ServerError
from liangyi.config.env import SettingError, read


def main() -> None:
    """Run one command. A setting that cannot be used ends it with one line and status 2, a database that
    is away or not set up yet with one line and status 1."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liangyi.config.settings")
    try:
        if sys.argv[1:2] == ["load_demo"] and read().mode == "production":
            raise SettingError("load_demo is refused in production: its accounts share a published password")
        execute_from_command_line(sys.argv)
    except SettingError as error:
        sys.stderr.write(f"liangyi: {error}\n")
        raise SystemExit(2) from None
    except (PlaceError, ServerError) as error:
        sys.stderr.write(f"liangyi: {error}\n")
        raise SystemExit(1) from None
    except DatabaseError as error:
        if (line := _trouble(error)) is None:
            raise
        sys.stderr.write(f"liangyi: {line}\n")
        raise SystemExit(1) from None


def _trouble(error: DatabaseError) -> str | None:
    """What the operator can do about it, where it is no fault of the program."""
    if isinstance(error.__cause__, psycopg.errors.UndefinedTable):
        return "the database is not set up yet: `liangyi migrate` does it, or `make run`"
    if isinstance(error, OperationalError) and isinstance(error.__cause__, psycopg.OperationalError):
        first = str(error).strip().splitlines()[0]
        return f"the database does not answer: {first}"
    return None
