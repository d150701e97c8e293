"""pg_dump, pg_restore and psql: of a version that fits, pointed at the database of the settings."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.db import connection

from liangyi.config.archive.manifest import ArchiveError
from liangyi.config.embedded.place import programs as embedded_programs

SYSTEM = Path("/usr/lib/postgresql")
FROM_OPTIONS = {
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
}


@dataclass(frozen=True)
class Programs:
    """PostgreSQL's client programs of one major version."""

    folder: Path
    major: int

    def command(self, name: str, *arguments: str) -> list[str]:
        """The command line of one of them."""
        return [str(self.folder / name), *arguments]


def server_major() -> int:
    """The major version of the server of the settings."""
    with connection.cursor() as cursor:
        cursor.execute("show server_version_num")
        return int(cursor.fetchone()[0]) // 10_000


def programs_for(at_least: int, *, is_embedded: bool) -> Programs:
    """Programs of version `at_least` or newer, the nearest first.

    For an external server the system's own come first: the embedded ones speak no TLS.
    """
    found = [
        Programs(folder, major) for folder in _folders(is_embedded) if (major := _major(folder)) >= at_least
    ]
    if not found:
        raise ArchiveError(
            f"no pg_dump of PostgreSQL {at_least} or newer: install postgresql-client-{at_least}"
        )
    return found[0]


def environment() -> dict[str, str]:
    """The variables that point PostgreSQL's programs at the database of the settings."""
    database = connection.settings_dict
    named = {
        "PGHOST": "HOST",
        "PGPORT": "PORT",
        "PGUSER": "USER",
        "PGPASSWORD": "PASSWORD",
        "PGDATABASE": "NAME",
    }
    values = {variable: str(database[key]) for variable, key in named.items() if database[key]}
    options = database["OPTIONS"]
    values |= {variable: options[key] for key, variable in FROM_OPTIONS.items() if key in options}
    return {"PATH": os.defpath, "LC_ALL": "C", "PGOPTIONS": "-c client_min_messages=warning", **values}


def _folders(is_embedded: bool) -> Iterator[Path]:
    if not is_embedded:
        versions = [folder for folder in SYSTEM.glob("*/bin") if folder.parent.name.isdigit()]
        yield from sorted(versions, key=lambda folder: int(folder.parent.name))
        if on_path := shutil.which("pg_dump"):
            yield Path(on_path).parent
    yield embedded_programs()


def _major(folder: Path) -> int:
    try:
        said = subprocess.run(
            [folder / "pg_dump", "--version"], capture_output=True, text=True, check=True
        ).stdout
    except (OSError, subprocess.CalledProcessError):
        return 0
    found = re.search(r"\b(\d+)(\.\d+|devel|beta|rc)", said)
    return int(found[1]) if found else 0
