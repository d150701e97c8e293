"""Making a backup: one consistent dump of the database, then the files it may speak of."""

from __future__ import annotations

import re
import shutil
import subprocess
import tarfile
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from liangyi.config.archive.manifest import ArchiveError, Manifest, sha256_of
from liangyi.config.archive.programs import environment, programs_for, server_major
from liangyi.config.keys import fingerprint
from liangyi.platform.documents.files import PART

DUMP = "database.dump"
FILES = "files.tar"
NIGHTLY = re.compile(r"\d{8}-\d{6}")


def back_up(folder: Path, *, at: datetime) -> Manifest:
    """Write a backup into `folder`, which must be new or empty. It appears there whole or not at all."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ArchiveError(f"{folder} is not empty: a backup needs a folder of its own")
    half = folder.with_name(f"{folder.name}.part")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(parents=True, mode=0o700)
    try:
        manifest = _fill(half, at)
        if folder.exists():
            folder.rmdir()
        half.rename(folder)
    finally:
        shutil.rmtree(half, ignore_errors=True)
    return manifest


def remove_old(folder: Path, *, keep: int) -> list[Path]:
    """Remove all but the newest `keep` nightly backups in `folder`; returns what went."""
    nightly = sorted(path for path in folder.iterdir() if path.is_dir() and NIGHTLY.fullmatch(path.name))
    old = nightly[: max(len(nightly) - keep, 0)]
    for path in old:
        shutil.rmtree(path)
    return old


def _fill(half: Path, at: datetime) -> Manifest:
    major = server_major()
    migrations = sorted(".".join(key) for key in MigrationRecorder(connection).applied_migrations())
    dump_major = _dump(half / DUMP, major)
    files = settings.HOME / "files"
    if files.is_dir():
        _pack(files, half / FILES)
    written = {path.name: sha256_of(path) for path in sorted(half.iterdir())}
    manifest = Manifest(
        at.isoformat(), major, dump_major, fingerprint(settings.DATA_KEY), migrations, written
    )
    manifest.write(half)
    return manifest


def _dump(target: Path, major: int) -> int:
    """One snapshot of the database, while others go on writing. Returns pg_dump's major version."""
    programs = programs_for(major, is_embedded=not settings.ENV.database_url)
    command = programs.command(
        "pg_dump", "--format=custom", "--no-owner", "--no-acl", "--schema=public", f"--file={target}"
    )
    done = subprocess.run(command, env=environment(), capture_output=True, text=True, check=False)
    if done.returncode:
        raise ArchiveError(f"pg_dump failed: {done.stderr.strip()}")
    target.chmod(0o600)
    return programs.major


def _pack(files: Path, target: Path) -> None:
    """A file may be written while we read; one that a row speaks of was there before the dump began."""
    with tarfile.open(target, mode="w") as tar:
        tar.add(files, arcname="files", filter=_finished)


def _finished(entry: tarfile.TarInfo) -> tarfile.TarInfo | None:
    """Leaves out what is only half written: no row speaks of it."""
    return None if entry.name == f"files/{PART}" else entry
