"""A place for what is written now and read once later: on disk, encrypted, gone when closed."""

from __future__ import annotations

from collections.abc import Iterator
from tempfile import TemporaryFile
from types import TracebackType

from liangyi.platform.documents.encryption import Encrypting, decrypted


class Spool:
    """`with Spool() as lines: lines.write(…); for piece in lines.content(): …`"""

    def __enter__(self) -> Spool:
        self._file = TemporaryFile()
        self._stream = Encrypting(self._file)
        return self

    def write(self, data: bytes) -> int:
        """Add to the content."""
        return self._stream.write(data)

    def content(self) -> Iterator[bytes]:
        """Everything that was written; nothing can be added afterwards."""
        self._stream.finish()
        self._file.seek(0)
        return decrypted(self._file)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
