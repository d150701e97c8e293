"""Restoring a backup: checked first, then the database in one transaction, then the files."""

from __future__ import annotations

import shutil
import subprocess
import tarfile
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

from django.conf import settings
from django.db import connection, connections
from django.db.migrations.loader import MigrationLoader

from liangyi.config.archive.backup import DUMP, FILES
from liangyi.config.archive.manifest import ArchiveError, Manifest, check_files, read_manifest
from liangyi.config.archive.programs import Programs, environment, programs_for, server_major
from liangyi.config.keys import fingerprint
from liangyi.platform import clock
from liangyi.platform.audit import mirror

# Versions before 17 do not know this setting, which newer programs write into every dump.
NEW_SETTING = b"SET transaction_timeout = 0;\n"
HEAD_LINES = 40


def restore(folder: Path, *, replace: bool) -> Manifest:
    """Put a backup in place of the database and the files. Whatever fails before the end changes nothing.

    Raises ArchiveError: damaged, sealed with another key, made by a newer Liangyi, or something is in
    the way: data (unless `replace`), or a Liangyi that is still connected.
    """
    manifest = read_manifest(folder)
    check_files(folder, manifest)
    _check_key(manifest)
    _check_migrations(manifest)
    _check_target(replace)
    major = server_major()
    programs = programs_for(max(major, manifest.dump_major), is_embedded=not settings.ENV.database_url)
    connections.close_all()
    _load(folder / DUMP, programs, is_old_server=major < 17)
    if FILES in manifest.sha256:
        _unpack(folder / FILES)
    mirror.begin_anew(clock.now())
    return manifest


def _check_key(manifest: Manifest) -> None:
    ours = fingerprint(settings.DATA_KEY)
    if manifest.key != ours:
        raise ArchiveError(
            f"the backup was sealed with the data key {manifest.key}, this is {ours}: put the backup's key "
            "into LIANGYI_DATA_KEY or HOME/keys/data first; without it nobody can read the identity numbers"
        )


def _check_migrations(manifest: Manifest) -> None:
    known = {".".join(key) for key in MigrationLoader(None).disk_migrations}
    ours = {key for key in manifest.migrations if key.split(".")[0] in {name.split(".")[0] for name in known}}
    if newer := sorted(ours - known):
        raise ArchiveError(
            f"the backup was made by a newer Liangyi ({newer[0]} is not known here): update first"
        )


def _check_target(replace: bool) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "select count(*) from pg_stat_activity where datname = current_database()"
            " and pid <> pg_backend_pid() and application_name in ('liangyi web', 'liangyi worker')"
        )
        if cursor.fetchone()[0]:
            raise ArchiveError("Liangyi is still connected to this database: stop it on every machine first")
        cursor.execute("select count(*) from pg_tables where schemaname = 'public'")
        if cursor.fetchone()[0] and not replace:
            raise ArchiveError("there is data in the database: --replace puts the backup in its place")


def _load(dump: Path, programs: Programs, *, is_old_server: bool) -> None:
    """pg_restore writes SQL, psql runs it: what was there goes and what comes, in one transaction."""
    read = programs.command("pg_restore", "--no-owner", "--no-acl", "--file=-", str(dump))
    write = programs.command("psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1")
    with TemporaryFile() as complaints:
        reader = subprocess.Popen(read, env=environment(), stdout=subprocess.PIPE, stderr=complaints)
        writer = subprocess.Popen(
            write, env=environment(), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=complaints
        )
        _feed(reader, writer, is_old_server)
        if writer.wait() or reader.wait():
            complaints.seek(0)
            why = complaints.read().decode(errors="replace").strip()
            raise ArchiveError(f"the database was not restored and is as it was: {why}")


def _feed(reader: subprocess.Popen[bytes], writer: subprocess.Popen[bytes], is_old_server: bool) -> None:
    """Only a whole dump is followed by the commit: whatever ends psql's input before changes nothing."""
    source, target = _pipe(reader.stdout), _pipe(writer.stdin)
    try:
        target.write(b"begin;\nset local lock_timeout = '30s';\ndrop schema public cascade;\n")
        _pass_on(source, target, is_old_server)
        if reader.wait() == 0:
            target.write(b"commit;\n")
        target.flush()
    except BrokenPipeError:  # psql has given up, and has said why
        reader.kill()
    finally:
        source.close()
        with suppress(BrokenPipeError):
            target.close()


def _pipe(opened: IO[bytes] | None) -> IO[bytes]:
    """A pipe that Popen was asked to open."""
    if opened is None:
        raise RuntimeError("no pipe")
    return opened


def _pass_on(source: IO[bytes], target: IO[bytes], is_old_server: bool) -> None:
    for _line in range(HEAD_LINES):
        line = source.readline()
        if not (is_old_server and line == NEW_SETTING):
            target.write(line)
    shutil.copyfileobj(source, target, 1 << 20)


def _unpack(packed: Path) -> None:
    """The files beside the old ones first, then in their place."""
    fresh = settings.HOME / "files.new"
    shutil.rmtree(fresh, ignore_errors=True)
    with tarfile.open(packed) as tar:
        tar.extractall(fresh, filter="data")
    files = settings.HOME / "files"
    shutil.rmtree(files, ignore_errors=True)
    (fresh / "files").rename(files)
    fresh.rmdir()
