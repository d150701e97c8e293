"""Signed archives: a ZIP with manifest.json (hash and size of every file), manifest.sig and public_key.pem.

The ZIP's own comment holds a second signature, over every byte before it, so that a change to the ZIP's
structure shows as well. Written as a stream; the order of the entries is the caller's.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from liangyi.platform.documents.encryption import Sink
from liangyi.platform.documents.signing import Signer

MANIFEST = "manifest.json"
SIGNATURE = "manifest.sig"
PUBLIC_KEY = "public_key.pem"
UNLISTED = (MANIFEST, SIGNATURE, PUBLIC_KEY)
FORMAT = 1
SEAL_MARK = b"liangyi-archive/1 "
SEAL_SIZE = len(SEAL_MARK) + 128


class Archive:
    """A signed archive being written to `out`."""

    def __init__(self, out: Sink, *, at: datetime) -> None:
        self._tail = _Tail(out)
        self._zip = zipfile.ZipFile(self._tail, "w", zipfile.ZIP_DEFLATED)
        self._moment = at.timetuple()[:6]
        self._files: dict[str, dict[str, Any]] = {}

    @contextmanager
    def entry(self, name: str) -> Iterator[Entry]:
        """Write one file piece by piece; one at a time."""
        with self._zip.open(self._info(name), "w") as inside:
            made = Entry(inside)
            yield made
        self._files[name] = {"sha256": made.hash.hexdigest(), "size": made.size}

    def add(self, name: str, content: bytes) -> None:
        """Write one small file."""
        with self.entry(name) as made:
            made.write(content)

    def finish(self, signer: Signer, facts: Mapping[str, Any]) -> None:
        """Write manifest, signature and key, and seal the whole."""
        listed = dict(sorted(self._files.items()))
        content = {"format": FORMAT, **facts, "key": signer.fingerprint, "files": listed}
        manifest = (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
        for name, data in zip(UNLISTED, (manifest, signer.sign(manifest), signer.pem), strict=True):
            self._zip.writestr(self._info(name), data)
        self._zip.comment = bytes(SEAL_SIZE)
        self._zip.close()
        self._tail.seal(signer)

    def _info(self, name: str) -> zipfile.ZipInfo:
        if name in self._files or name in self._zip.NameToInfo:
            raise ValueError(f"{name} is in the archive already")
        info = zipfile.ZipInfo(name, self._moment)
        info.compress_type = zipfile.ZIP_DEFLATED
        info.create_system = 3
        info.external_attr = 0o100644 << 16
        return info


class Entry:
    """A file of the archive being written."""

    def __init__(self, inside: Sink) -> None:
        self._inside = inside
        self.hash = hashlib.sha256()
        self.size = 0

    def write(self, data: bytes) -> int:
        """Add to the file."""
        self.hash.update(data)
        self.size += len(data)
        self._inside.write(data)
        return len(data)


def sealed_message(digest: bytes) -> bytes:
    """What the archive's own seal signs: never to be taken for a manifest."""
    return SEAL_MARK + digest


class _Tail:
    """Passes bytes on and hashes them, but holds the last SEAL_SIZE back: they become the seal."""

    def __init__(self, out: Sink) -> None:
        self._out = out
        self._hash = hashlib.sha256()
        self._held = b""

    def write(self, data: bytes) -> int:
        together = self._held + bytes(data)
        passed, self._held = together[:-SEAL_SIZE], together[-SEAL_SIZE:]
        if passed:
            self._hash.update(passed)
            self._out.write(passed)
        return len(data)

    def flush(self) -> None:
        """zipfile asks for it; `out` is closed by its owner."""

    def close(self) -> None:
        """As flush."""

    def seal(self, signer: Signer) -> None:
        signature = signer.sign(sealed_message(self._hash.digest()))
        self._out.write(SEAL_MARK + signature.hex().encode())
