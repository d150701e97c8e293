"""Files are encrypted, whole or not there, and in every backup."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.documents import files
from liangyi.platform.documents.encryption import CHUNK, MAGIC
from liangyi.platform.documents.errors import FileBroken, FileGone
from liangyi.platform.documents.models import StoredFile

pytestmark = pytest.mark.django_db


@pytest.fixture
def stored(home: Path, setup_actor: Actor, at: datetime) -> StoredFile:
    with recorded(setup_actor):
        return files.keep(name="证据包.zip", content="很长的内容".encode() * 100_000, at=at)


def test_file_comes_back_as_it_was(stored: StoredFile) -> None:
    assert b"".join(files.read(stored)) == "很长的内容".encode() * 100_000
    assert stored.size == 1_500_000


def test_file_on_disk_tells_nothing(stored: StoredFile) -> None:
    raw = files.path_of(stored.id).read_bytes()
    assert raw.startswith(MAGIC)
    assert "很长".encode() not in raw
    assert files.path_of(stored.id).stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("size", [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK])
def test_every_size_is_kept(home: Path, setup_actor: Actor, at: datetime, size: int) -> None:
    with recorded(setup_actor):
        kept = files.keep(name="x", content=b"x" * size, at=at)
    assert b"".join(files.read(kept)) == b"x" * size


@pytest.mark.parametrize("spot", [0, 10, 30, CHUNK, -1])
def test_changed_byte_is_noticed(stored: StoredFile, spot: int) -> None:
    path = files.path_of(stored.id)
    raw = bytearray(path.read_bytes())
    raw[spot] ^= 1
    path.write_bytes(raw)
    with pytest.raises(FileBroken):
        list(files.read(stored))


def test_exchanged_and_missing_chunks_are_noticed(stored: StoredFile) -> None:
    path, header, chunk = files.path_of(stored.id), len(MAGIC) + 16, CHUNK + 16
    raw = path.read_bytes()
    first, second = raw[header : header + chunk], raw[header + chunk : header + 2 * chunk]
    for changed in (second + first + raw[header + 2 * chunk :], first + second, first):
        path.write_bytes(raw[:header] + changed)
        with pytest.raises(FileBroken):
            list(files.read(stored))


def test_file_that_is_gone_says_so(stored: StoredFile) -> None:
    files.path_of(stored.id).unlink()
    with pytest.raises(FileGone):
        files.read(stored)


def test_error_while_writing_leaves_nothing(home: Path) -> None:
    with pytest.raises(TypeError), files.NewFile("x") as file:
        file.write("no bytes")  # type: ignore[arg-type]
    assert [path for path in home.rglob("*") if path.is_file()] == []


def test_strays_go_after_a_day_and_kept_files_stay(stored: StoredFile, home: Path, at: datetime) -> None:
    with files.NewFile("never kept"):
        pass
    half = home / "files" / files.PART / "half"
    half.write_bytes(b"killed in the middle")
    for path in home.rglob("*"):
        os.utime(path, (at.timestamp(), at.timestamp()))
    assert files.remove_strays(at + timedelta(hours=23)) == 0
    assert files.remove_strays(at + timedelta(hours=25)) == 2
    assert b"".join(files.read(stored))
