"""Signatures of the house: Ed25519, one key in use at a time, the private half sealed with the data key.

Whoever checks a signature compares the key's fingerprint (SHA-256 of the public key as
SubjectPublicKeyInfo in DER) with the one the clinic shows. Keys that were replaced stay listed.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_public_key
from django.db.models import Q

from liangyi.platform import actors
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.documents.models import SigningKey
from liangyi.platform.sealing import seal, unseal

_MAKING = actors.system("documents.signing")


@dataclass(frozen=True)
class Signer:
    """The key in use."""

    private: Ed25519PrivateKey

    def sign(self, message: bytes) -> bytes:
        """64 bytes; the same message gives the same signature."""
        return self.private.sign(message)

    @property
    def pem(self) -> bytes:
        """The public half, as every tool reads it."""
        return self.private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)

    @property
    def fingerprint(self) -> str:
        return fingerprint_of(self.private.public_key())


def signer(at: datetime) -> Signer:
    """The key in use; the first one is made when it is first needed."""
    row = current_key()
    if row is None:
        with recorded(_MAKING):
            SigningKey.objects.bulk_create([_fresh(at)], ignore_conflicts=True)
        row = SigningKey.objects.get(ended_at=None)
    return Signer(Ed25519PrivateKey.from_private_bytes(bytes.fromhex(unseal(row.sealed))))


def current_key() -> SigningKey | None:
    """The row of the key in use, or None before anything was signed."""
    return SigningKey.objects.filter(ended_at=None).first()


def key_at(moment: datetime) -> SigningKey | None:
    """The row of the key that was in use at a moment."""
    in_use = Q(ended_at=None) | Q(ended_at__gt=moment)
    return SigningKey.objects.filter(in_use, made_at__lte=moment).order_by("made_at").first()


def rotate(*, actor: Actor, at: datetime, reason: str) -> SigningKey:
    """Sign with a new key from now on. What the old one signed stays valid, and the old one listed."""
    with recorded(actor, reason=reason):
        SigningKey.objects.select_for_update().filter(ended_at=None).update(ended_at=at)
        fresh = _fresh(at)
        fresh.save()
    return fresh


def fingerprint_of(key: Ed25519PublicKey) -> str:
    """64 hex digits: what people compare."""
    return hashlib.sha256(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).hexdigest()


def public_key(pem: bytes) -> Ed25519PublicKey | None:
    """The key in a PEM file, or None when there is no Ed25519 key in it."""
    try:
        key = load_pem_public_key(pem)
    except (ValueError, UnsupportedAlgorithm):
        return None
    return key if isinstance(key, Ed25519PublicKey) else None


def verify(key: Ed25519PublicKey, signature: bytes, message: bytes) -> bool:
    """Whether `key` signed exactly this."""
    try:
        key.verify(signature, message)
    except InvalidSignature:
        return False
    return True


def _fresh(at: datetime) -> SigningKey:
    private = Ed25519PrivateKey.generate()
    public = private.public_key()
    return SigningKey(
        public=public.public_bytes_raw().hex(),
        fingerprint=fingerprint_of(public),
        sealed=seal(private.private_bytes_raw().hex()),
        made_at=at,
    )
