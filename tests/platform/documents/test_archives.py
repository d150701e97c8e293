"""A signed archive shows any byte that was changed, added or taken away."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.platform.documents.conftest import FILES

from liangyi.platform.documents.archives import MANIFEST, PUBLIC_KEY, SIGNATURE
from liangyi.platform.documents.errors import Tampered
from liangyi.platform.documents.signing import Signer
from liangyi.platform.documents.verification import verify_archive

Archives = Callable[..., Path]


def _again(path: Path, change: Callable[[dict[str, bytes]], dict[str, bytes]]) -> Path:
    """The archive packed anew, honestly as a ZIP, with other contents."""
    with zipfile.ZipFile(path) as old:
        held = {name: old.read(name) for name in old.namelist()}
        comment = old.comment
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in change(held).items():
            new.writestr(name, content)
        new.comment = comment
    return path


def test_untouched_archive_is_verified(archive: Archives, signer: Signer) -> None:
    found = verify_archive(archive())
    assert found.fingerprint == signer.fingerprint
    assert found.manifest["title"] == "检查"
    assert set(found.manifest["files"]) == set(FILES)


def test_same_content_gives_the_same_bytes(archive: Archives) -> None:
    assert archive("one.zip").read_bytes() == archive("two.zip").read_bytes()


def test_any_tool_unpacks_it(archive: Archives) -> None:
    with zipfile.ZipFile(archive()) as opened:
        assert opened.testzip() is None
        assert opened.read("clauses.csv") == FILES["clauses.csv"]


def test_fingerprint_may_be_typed_with_spaces(archive: Archives, signer: Signer) -> None:
    typed = " ".join(signer.fingerprint[i : i + 4].upper() for i in range(0, 64, 4))
    assert verify_archive(archive(), fingerprint=typed).fingerprint == signer.fingerprint


@pytest.mark.parametrize("name", [*FILES, MANIFEST, SIGNATURE, PUBLIC_KEY])
def test_changed_file_is_named(archive: Archives, name: str) -> None:
    def flip(held: dict[str, bytes]) -> dict[str, bytes]:
        return held | {name: bytes([held[name][0] ^ 1]) + held[name][1:]}

    with pytest.raises(Tampered) as caught:
        verify_archive(_again(archive(), flip))
    assert name in caught.value.entry


@pytest.mark.parametrize("name", [*FILES, MANIFEST, SIGNATURE, PUBLIC_KEY])
def test_removed_file_is_named(archive: Archives, name: str) -> None:
    path = _again(archive(), lambda held: {key: held[key] for key in held if key != name})
    with pytest.raises(Tampered, match="missing") as caught:
        verify_archive(path)
    assert caught.value.entry == name


@pytest.mark.parametrize("name", ["more.csv", "../outside.txt", "/etc/passwd", "a//b", "a\\b", ".hidden"])
def test_added_file_is_named(archive: Archives, name: str) -> None:
    path = _again(archive(), lambda held: held | {name: b"x"})
    with pytest.raises(Tampered) as caught:
        verify_archive(path)
    assert caught.value.entry == name


def test_second_file_of_the_same_name_is_named(archive: Archives) -> None:
    path = archive()
    with zipfile.ZipFile(path, "a") as opened, pytest.warns(UserWarning, match="Duplicate name"):
        opened.writestr("clauses.csv", "另一份")
    with pytest.raises(Tampered, match="2 times"):
        verify_archive(path)


def test_longer_file_is_named(archive: Archives) -> None:
    path = _again(archive(), lambda held: held | {"summary.pdf": held["summary.pdf"] + b"x"})
    with pytest.raises(Tampered, match=r"summary\.pdf: was changed"):
        verify_archive(path)


def test_same_files_packed_anew_are_not_the_pack(archive: Archives) -> None:
    with pytest.raises(Tampered, match="the ZIP around them"):
        verify_archive(_again(archive(), lambda held: held))


def test_another_key_is_told_by_its_fingerprint(archive: Archives, signer: Signer) -> None:
    other = Signer(Ed25519PrivateKey.from_private_bytes(b"x" * 32))
    path = archive(key=other)
    assert verify_archive(path).fingerprint == other.fingerprint
    with pytest.raises(Tampered, match="another key") as caught:
        verify_archive(path, fingerprint=signer.fingerprint)
    assert caught.value.entry == PUBLIC_KEY


@pytest.mark.parametrize("size", [0, 1, 142, 150, 900, -1])
def test_truncated_archive_is_refused(archive: Archives, size: int) -> None:
    path = archive()
    path.write_bytes(path.read_bytes()[:size])
    with pytest.raises(Tampered):
        verify_archive(path)


@pytest.mark.parametrize("stretch", [b"x", b"PK\x05\x06" + bytes(18)])
def test_added_bytes_before_or_behind_are_found(archive: Archives, stretch: bytes) -> None:
    whole = archive().read_bytes()
    for changed in (stretch + whole, whole + stretch):
        path = archive()
        path.write_bytes(changed)
        with pytest.raises(Tampered):
            verify_archive(path)


@settings(
    max_examples=400,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(position=st.integers(0, 10**6), mask=st.integers(1, 255))
def test_any_single_changed_byte_is_found(archive: Archives, position: int, mask: int) -> None:
    path = archive("flipped.zip")
    whole = bytearray(path.read_bytes())
    whole[position % len(whole)] ^= mask
    path.write_bytes(whole)
    with pytest.raises(Tampered):
        verify_archive(path)


def test_changed_byte_inside_a_file_names_the_file(archive: Archives) -> None:
    path = archive()
    whole = bytearray(path.read_bytes())
    with zipfile.ZipFile(io.BytesIO(whole)) as opened:
        spots = {info.filename: info.header_offset + 45 + len(info.filename) for info in opened.infolist()}
    for name, spot in spots.items():
        path.write_bytes(whole[:spot] + bytes([whole[spot] ^ 0x10]) + whole[spot + 1 :])
        with pytest.raises(Tampered) as caught:
            verify_archive(path)
        assert caught.value.entry == name


def test_signature_can_be_checked_without_us(archive: Archives, tmp_path: Path) -> None:
    if not shutil.which("openssl"):
        pytest.skip("NO OPENSSL")
    with zipfile.ZipFile(archive()) as opened:
        opened.extractall(tmp_path)
    command = (
        "openssl pkeyutl -verify -pubin -inkey public_key.pem -rawin -in manifest.json -sigfile manifest.sig"
    )
    done = subprocess.run(command.split(), cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "Verified Successfully" in done.stdout
