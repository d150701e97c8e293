"""Seals short texts that must not stand in the clear, and finds them again without opening them.

A sealed text is one version byte, a 12-byte nonce and AES-256-GCM's ciphertext with its tag; the version
byte is authenticated too and says which key derivation was used, so that a later one can be added. Sealing
and the blind index use separate keys, both derived from settings.DATA_KEY (64 hex digits) with HKDF-SHA256.
"""

from __future__ import annotations

import hmac
import secrets
import unicodedata
from functools import lru_cache

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from liangyi.platform.errors import LiangyiError

_VERSION = b"\x01"
_NONCE = 12
_TAG = 16


class SealBroken(LiangyiError):
    """What should be a sealed text was changed, cut short, or sealed with another key."""

    code = "sealing.broken"


def seal(text: str) -> bytes:
    """`text` encrypted; twice the same text gives two different seals."""
    nonce = secrets.token_bytes(_NONCE)
    return _VERSION + nonce + _cipher().encrypt(nonce, text.encode(), _VERSION)


def unseal(sealed: bytes | memoryview) -> str:
    """The text inside; raises SealBroken when it cannot be trusted."""
    raw = bytes(sealed)
    if raw[:1] != _VERSION or len(raw) < 1 + _NONCE + _TAG:
        raise SealBroken(_("密文格式不符，无法解密"))
    nonce, body = raw[1 : 1 + _NONCE], raw[1 + _NONCE :]
    try:
        return _cipher().decrypt(nonce, body, _VERSION).decode()
    except InvalidTag:
        raise SealBroken(_("密文已被改动，或密钥不是当初加密用的那一把")) from None


def blind(text: str) -> str:
    """A keyed fingerprint of `text` (64 hex digits) to find equal texts by; case and spaces do not count."""
    normal = "".join(unicodedata.normalize("NFKC", text).upper().split())
    return hmac.digest(key_for(b"blind"), normal.encode(), "sha256").hex()


def key_for(purpose: bytes) -> bytes:
    """32 bytes derived from the data key for one purpose, as far apart from the others as random ones."""
    return _key(settings.DATA_KEY, purpose)


def _cipher() -> AESGCM:
    return AESGCM(key_for(b"seal"))


@lru_cache(maxsize=8)
def _key(data_key: str, purpose: bytes) -> bytes:
    hkdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=b"liangyi/1/" + purpose)
    return hkdf.derive(bytes.fromhex(data_key))
