"""Files on disk: encrypted under HOME/files, where backups find them, with a row that says what they are.

The file stands there, whole and synced, before the row that speaks of it is committed; what a rolled-back
transaction left behind is swept away a day later. Half-written files lie in HOME/files/.part.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import BinaryIO
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from liangyi.platform.documents.encryption import Encrypting, decrypted
from liangyi.platform.documents.errors import FileGone
from liangyi.platform.documents.models import StoredFile
from liangyi.platform.ids import new_id

PART = ".part"
_STRAY_AFTER = timedelta(days=1)


class NewFile:
    """A file being written: `with NewFile("pack.zip") as file: file.write(…)`, then `file.kept(at)`.

    Leaving the block without an error puts it in its place; an error leaves nothing behind.
    """

    def __init__(self, name: str) -> None:
        self.id = new_id()
        self.name = name
        self.size = 0
        self._hash = hashlib.sha256()

    def __enter__(self) -> NewFile:
        self._part = _folder() / PART / str(self.id)
        self._part.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._file = os.fdopen(os.open(self._part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")
        self._stream = Encrypting(self._file)
        return self

    def write(self, data: bytes) -> int:
        """Add to the content."""
        self.size += len(data)
        self._hash.update(data)
        return self._stream.write(data)

    def flush(self) -> None:
        """Part of what zipfile expects of a file; the end of the block writes everything out."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._file:
            if kind is None:
                self._stream.finish()
                self._file.flush()
                os.fsync(self._file.fileno())
        if kind is not None:
            self._part.unlink(missing_ok=True)
            return
        place = path_of(self.id)
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._part.rename(place)

    @property
    def sha256(self) -> str:
        """The hash of what has been written, in hex."""
        return self._hash.hexdigest()

    def kept(self, at: datetime) -> StoredFile:
        """The row that keeps the file, written in the caller's `recorded` frame."""
        return StoredFile.objects.create(
            id=self.id, name=self.name[-200:], size=self.size, sha256=self.sha256, created_at=at
        )


def keep(*, name: str, content: bytes, at: datetime) -> StoredFile:
    """Keep a small file, in the caller's `recorded` frame."""
    with NewFile(name) as file:
        file.write(content)
    return file.kept(at)


def read(stored: StoredFile) -> Iterator[bytes]:
    """The content in chunks. Raises FileGone at once, FileBroken at the chunk that cannot be trusted."""
    try:
        file = path_of(stored.id).open("rb")
    except FileNotFoundError:
        raise FileGone(_("文件不在了：请从备份恢复")) from None
    return _chunks(file)


def path_of(file: UUID) -> Path:
    """Where a file lies."""
    return _folder() / str(file)[-2:] / str(file)


def remove_strays(at: datetime) -> int:
    """Remove day-old files that no row speaks of; how many there were."""
    old = [path for path in _folder().glob("*/*") if _is_older(path, at - _STRAY_AFTER)]
    known = _known({path.name for path in old if path.parent.name != PART})
    strays = [path for path in old if path.parent.name == PART or path.name not in known]
    for path in strays:
        path.unlink(missing_ok=True)
    return len(strays)


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    with file:
        yield from decrypted(file)


def _folder() -> Path:
    folder: Path = settings.HOME / "files"
    return folder


def _is_older(path: Path, moment: datetime) -> bool:
    try:
        return path.is_file() and path.stat().st_mtime < moment.timestamp()
    except FileNotFoundError:
        return False


def _known(names: set[str]) -> set[str]:
    ids = []
    for name in names:
        try:
            ids.append(UUID(name))
        except ValueError:
            continue
    found = {str(row) for row in StoredFile.objects.filter(id__in=ids).values_list("id", flat=True)}
    return found | (names - {str(row) for row in ids})
