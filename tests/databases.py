"""Databases that are filled once in a run, and copied in a moment."""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from liangyi.demo.loading import Loaded, load
from liangyi.demo.options import Options


def migrated() -> str:
    """The name of this run's migrated database."""
    return str(connection.settings_dict["NAME"])


def with_demo(options: Options, run_folder: Path) -> tuple[str, Loaded]:
    """The name of a database with the demo, and what is in it; whoever of a parallel run comes first
    loads it."""
    source = migrated()
    name = f"{source.split('_gw')[0]}_demo"
    with (run_folder / "demo").open("a+") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        if told := file.read():
            return name, Loaded(**json.loads(told))
        drop(name)
        with copy_of(source, name):
            loaded = load(options, lambda _percent, _what: None)
        json.dump(asdict(loaded), file)
    return name, loaded


def run_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that all workers of this run share."""
    mine = tmp_path_factory.getbasetemp()
    return mine.parent if "PYTEST_XDIST_WORKER" in os.environ else mine


@contextmanager
def working_in(name: str) -> Iterator[None]:
    """Work in that database for the length of the block."""
    before = migrated()
    _use(name)
    try:
        yield
    finally:
        _use(before)


@contextmanager
def copy_of(source: str, name: str) -> Iterator[None]:
    """Work in a copy of `source` for the length of the block; the copy stays."""
    connection.close()
    _admin(f'create database "{name}" template "{source}"')
    with working_in(name):
        yield


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
