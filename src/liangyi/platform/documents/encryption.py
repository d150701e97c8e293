"""Encrypted streams: AES-256-GCM in chunks, so that a large file never stands in memory as a whole.

A stream is MAGIC, 16 bytes of salt, then chunks of CHUNK bytes, each followed by its tag; only the last may
be shorter. The key is the file key of settings.DATA_KEY and the salt. A chunk's nonce is its number and
whether it is the last: chunks cannot be exchanged, left out, or cut off at the end unnoticed.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterator
from typing import Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.translation import gettext_lazy as _

from liangyi.platform.documents.errors import FileBroken
from liangyi.platform.sealing import key_for

MAGIC = b"LYFILE1\n"
CHUNK = 256 * 1024
_SALT = 16
_TAG = 16


class Sink(Protocol):
    """Where bytes go."""

    def write(self, data: bytes, /) -> object: ...


class Source(Protocol):
    """Where bytes come from."""

    def read(self, size: int, /) -> bytes: ...


class Encrypting:
    """Encrypts what is written to it; `finish` must be called, or the stream counts as cut short."""

    def __init__(self, out: Sink) -> None:
        self._out = out
        salt = secrets.token_bytes(_SALT)
        self._header = MAGIC + salt
        self._cipher = _cipher(salt)
        self._held = bytearray()
        self._number = 0
        out.write(self._header)

    def write(self, data: bytes) -> int:
        """Take `data`; whole chunks go on at once."""
        self._held += data
        while len(self._held) > CHUNK:
            self._chunk(bytes(self._held[:CHUNK]), is_last=False)
            del self._held[:CHUNK]
        return len(data)

    def finish(self) -> None:
        """Write the last chunk."""
        self._chunk(bytes(self._held), is_last=True)
        self._held.clear()

    def _chunk(self, data: bytes, *, is_last: bool) -> None:
        self._out.write(self._cipher.encrypt(_nonce(self._number, is_last), data, self._header))
        self._number += 1


def decrypted(source: Source) -> Iterator[bytes]:
    """The clear chunks, each proved before it is handed out; FileBroken when one cannot be trusted."""
    header = source.read(len(MAGIC) + _SALT)
    if not header.startswith(MAGIC) or len(header) < len(MAGIC) + _SALT:
        raise FileBroken(_("文件格式不符，无法解密"))
    cipher = _cipher(header[len(MAGIC) :])
    number, data = 0, source.read(CHUNK + _TAG)
    while True:
        following = source.read(CHUNK + _TAG)
        try:
            yield cipher.decrypt(_nonce(number, not following), data, header)
        except InvalidTag:
            raise FileBroken(_("文件已被改动，或密钥不是当初加密用的那一把")) from None
        if not following:
            return
        number, data = number + 1, following


def _cipher(salt: bytes) -> AESGCM:
    return AESGCM(hmac.digest(key_for(b"files"), salt, "sha256"))


def _nonce(number: int, is_last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([is_last])
