"""Checking a signed archive: what is in it, whole and unchanged, or the name of what is not.

Needs nothing but the file: no database and no key of the house.
"""

from __future__ import annotations

import hashlib
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from liangyi.platform.documents import signing
from liangyi.platform.documents.archives import (
    FORMAT,
    MANIFEST,
    PUBLIC_KEY,
    SEAL_MARK,
    SEAL_SIZE,
    SIGNATURE,
    UNLISTED,
    sealed_message,
)
from liangyi.platform.documents.errors import Tampered

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*(/[A-Za-z0-9][A-Za-z0-9._-]*)*")
_LARGEST_MANIFEST = 64 * 2**20
_PIECE = 2**20


@dataclass(frozen=True)
class Verified:
    """An archive that is exactly what was signed with the key of this fingerprint."""

    manifest: dict[str, Any]
    fingerprint: str


def verify_archive(path: Path, *, fingerprint: str = "") -> Verified:
    """Check every byte of the archive; with `fingerprint`, also whose key it was. Raises Tampered."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = _names(archive)
            manifest, key = _signed_manifest(archive, _wanted(fingerprint))
            _check_files(archive, names, manifest["files"])
    except Tampered:
        raise
    except Exception as error:  # hostile input can make a ZIP reader fail in any way
        raise Tampered("", f"not a readable ZIP ({error})") from None
    _check_seal(path, key)
    return Verified(manifest, signing.fingerprint_of(key))


def _wanted(fingerprint: str) -> str:
    return re.sub(r"[\s:]", "", fingerprint).lower()


def _names(archive: zipfile.ZipFile) -> set[str]:
    found = Counter(info.orig_filename for info in archive.infolist())
    for name, count in found.items():
        if not _NAME.fullmatch(name):
            raise Tampered(name, "a name that has no place in a pack")
        if count > 1:
            raise Tampered(name, f"is in the archive {count} times")
    for name in UNLISTED:
        if name not in found:
            raise Tampered(name, "is missing")
    return set(found)


def _signed_manifest(archive: zipfile.ZipFile, wanted: str) -> tuple[dict[str, Any], Ed25519PublicKey]:
    raw, signature, pem = (_small(archive, name) for name in UNLISTED)
    key = signing.public_key(pem)
    if key is None:
        raise Tampered(PUBLIC_KEY, "is no Ed25519 public key")
    if wanted and signing.fingerprint_of(key) != wanted:
        raise Tampered(PUBLIC_KEY, f"another key: its fingerprint is {signing.fingerprint_of(key)}")
    if not signing.verify(key, signature, raw):
        raise Tampered(_unsigned(raw, signature, key), "was not signed with the key in the pack")
    manifest = json.loads(raw)
    if manifest.get("format") != FORMAT:
        raise Tampered(MANIFEST, f"is of format {manifest.get('format')}, this program knows {FORMAT}")
    return manifest, key


def _unsigned(raw: bytes, signature: bytes, key: Ed25519PublicKey) -> str:
    """Which of the three does not fit the other two, as far as that can be told."""
    if len(signature) != 64:
        return SIGNATURE
    try:
        is_other_key = json.loads(raw).get("key") != signing.fingerprint_of(key)
    except (ValueError, AttributeError):
        return MANIFEST
    return PUBLIC_KEY if is_other_key else f"{MANIFEST} / {SIGNATURE}"


def _check_files(archive: zipfile.ZipFile, names: set[str], listed: dict[str, dict[str, Any]]) -> None:
    for name in sorted(listed.keys() - names):
        raise Tampered(name, "is missing")
    for name in sorted(names - listed.keys() - set(UNLISTED)):
        raise Tampered(name, "was added: the manifest does not know it")
    for name, facts in listed.items():
        if _digest(archive, name, facts["size"]) != facts["sha256"]:
            raise Tampered(name, "was changed")


def _small(archive: zipfile.ZipFile, name: str) -> bytes:
    return b"".join(_pieces(archive, name, _LARGEST_MANIFEST))


def _digest(archive: zipfile.ZipFile, name: str, size: int) -> str:
    found = hashlib.sha256()
    for piece in _pieces(archive, name, size):
        found.update(piece)
    return found.hexdigest()


def _pieces(archive: zipfile.ZipFile, name: str, largest: int) -> Iterator[bytes]:
    """The content piece by piece, never more than `largest` bytes of it."""
    read = 0
    try:
        with archive.open(name) as inside:
            while piece := inside.read(_PIECE):
                read += len(piece)
                if read > largest:
                    raise Tampered(name, "was changed: it has become longer")
                yield piece
    except Tampered:
        raise
    except Exception:  # hostile input can make a ZIP reader fail in any way
        raise Tampered(name, "was changed: it cannot be unpacked") from None


def _check_seal(path: Path, key: Ed25519PublicKey) -> None:
    """The signature in the ZIP's comment, over every byte before it."""
    found, left = hashlib.sha256(), path.stat().st_size - SEAL_SIZE
    with path.open("rb") as file:
        while left > 0 and (piece := file.read(min(_PIECE, left))):
            found.update(piece)
            left -= len(piece)
        seal = file.read()
    try:
        signature = bytes.fromhex(seal.removeprefix(SEAL_MARK).decode("ascii"))
    except ValueError:
        signature = b""
    rebuilt = SEAL_MARK + signature.hex().encode()
    if seal != rebuilt or not signing.verify(key, signature, sealed_message(found.digest())):
        raise Tampered(
            _touched_entry(path), "its files are unchanged, but the ZIP around them is not what was signed"
        )


def _touched_entry(path: Path) -> str:
    """The file whose two headers in the ZIP say different things, if there is one."""
    with zipfile.ZipFile(path) as archive, path.open("rb") as file:
        for info in archive.infolist():
            file.seek(info.header_offset)
            if file.read(30)[4:14] != _header(info):
                return info.filename
    return ""


def _header(info: zipfile.ZipInfo) -> bytes:
    """Version, flags, method, time and date as the central directory has them, in a local header's order."""
    year, month, day, hour, minute, second = info.date_time
    numbers = (
        info.extract_version,
        info.flag_bits,
        info.compress_type,
        hour << 11 | minute << 5 | second // 2,
        (year - 1980) << 9 | month << 5 | day,
    )
    return b"".join(number.to_bytes(2, "little") for number in numbers)
