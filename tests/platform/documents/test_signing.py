"""One key signs at a time; what an old one signed can still be told as ours."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from django.db import IntegrityError

from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.documents import signing
from liangyi.platform.documents.models import SigningKey

pytestmark = pytest.mark.django_db


def test_first_signature_makes_the_key(at: datetime) -> None:
    assert signing.current_key() is None
    made = signing.signer(at)
    assert signing.signer(at).fingerprint == made.fingerprint
    assert SigningKey.objects.get().fingerprint == made.fingerprint


def test_private_half_is_sealed(at: datetime) -> None:
    made = signing.signer(at)
    kept = bytes(SigningKey.objects.get().sealed)
    assert made.private.private_bytes_raw().hex().encode() not in kept


def test_rotation_keeps_old_signatures_and_lists_both_keys(setup_actor: Actor, at: datetime) -> None:
    old = signing.signer(at)
    signature = old.sign(b"pack")
    signing.rotate(actor=setup_actor, at=at + timedelta(days=1), reason="换钥")
    assert signing.signer(at).fingerprint != old.fingerprint
    assert signing.verify(old.private.public_key(), signature, b"pack")
    assert SigningKey.objects.get(fingerprint=old.fingerprint).ended_at == at + timedelta(days=1)


def test_two_keys_in_use_are_impossible(setup_actor: Actor, at: datetime) -> None:
    signing.signer(at)
    with pytest.raises(IntegrityError), recorded(setup_actor):
        SigningKey.objects.create(public="p", fingerprint="f", sealed=b"", made_at=at)


def test_public_key_reads_only_ed25519(at: datetime) -> None:
    made = signing.signer(at)
    read = signing.public_key(made.pem)
    assert read is not None
    assert signing.fingerprint_of(read) == made.fingerprint
    assert signing.public_key(b"-----BEGIN PUBLIC KEY-----") is None
