"""A database of its own for each journey, copied in a moment from one that was filled once."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection

from liangyi.demo.loading import load
from liangyi.demo.options import Options


def migrated() -> str:
    """The name of this run's migrated database."""
    return str(connection.settings_dict["NAME"])


def with_demo(options: Options, run_folder: Path) -> str:
    """The name of the database with the demo; whoever of a parallel run comes first loads it."""
    source = migrated()
    name = f"{source.split('_gw')[0]}_demo"
    with (run_folder / "demo").open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        if not file.read():
            _admin(f'drop database if exists "{name}" with (force)')
            with copy_of(source, name):
                load(options, lambda _percent, _what: None)
            file.write("loaded")
    return name


@contextmanager
def copy_of(source: str, name: str) -> Iterator[None]:
    """Work in a copy of `source` for the length of the block; the copy stays."""
    before = migrated()
    _use(before)
    _admin(f'create database "{name}" template "{source}"')
    _use(name)
    try:
        yield
    finally:
        _use(before)


def drop(name: str) -> None:
    """Remove a copy, whoever still reads from it."""
    _admin(f'drop database if exists "{name}" with (force)')


def _use(name: str) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = name
    connection.settings_dict["NAME"] = name


def _admin(statement: str) -> None:
    with connection._nodb_cursor() as cursor:
        cursor.execute(statement)
