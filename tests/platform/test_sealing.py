from __future__ import annotations

import pytest

from liangyi.platform.sealing import SealBroken, blind, seal, unseal

NUMBER = "11010519491231002X"


def test_seal_opens_to_the_same_text() -> None:
    for text in ("", NUMBER, "护照 E12345678 🙂"):
        assert unseal(seal(text)) == text
        assert unseal(memoryview(seal(text))) == text


def test_seal_differs_each_time_and_hides_the_text() -> None:
    assert seal(NUMBER) != seal(NUMBER)
    assert NUMBER.encode() not in seal(NUMBER)


@pytest.mark.parametrize("position", [0, 5, 20, -1])
def test_unseal_refuses_a_changed_byte(position: int) -> None:
    raw = bytearray(seal(NUMBER))
    raw[position] ^= 1
    with pytest.raises(SealBroken):
        unseal(bytes(raw))


@pytest.mark.parametrize("raw", [b"", b"\x01", NUMBER.encode()])
def test_unseal_refuses_what_is_not_a_seal(raw: bytes) -> None:
    with pytest.raises(SealBroken):
        unseal(raw)


def test_unseal_refuses_a_seal_cut_short() -> None:
    with pytest.raises(SealBroken):
        unseal(seal(NUMBER)[:-1])


def test_unseal_refuses_another_key(settings) -> None:
    sealed = seal(NUMBER)
    settings.DATA_KEY = "ab" * 32
    with pytest.raises(SealBroken, match="密钥"):
        unseal(sealed)


def test_blind_is_the_same_for_case_width_and_spaces() -> None:
    assert blind("11010519491231002x ") == blind(NUMBER) == blind("１１０１０５ 19491231 002X")
    assert blind(NUMBER) != blind("110105194912310021")


def test_blind_depends_on_the_key(settings) -> None:
    before = blind(NUMBER)
    settings.DATA_KEY = "cd" * 32
    assert blind(NUMBER) != before
