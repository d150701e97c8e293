from __future__ import annotations

from pathlib import Path

import pytest

from liangyi.config.env import Env, SettingError
from liangyi.config.keys import fingerprint, load_keys


def test_load_keys_makes_them_once(home: Path) -> None:
    first = load_keys(Env(home=home))
    assert load_keys(Env(home=home)) == first
    assert len(first.data) == 64
    assert first.data != first.secret


def test_load_keys_keeps_them_for_their_owner_alone(home: Path) -> None:
    load_keys(Env(home=home))
    assert (home / "keys" / "data").stat().st_mode & 0o777 == 0o600
    assert sorted(p.name for p in (home / "keys").iterdir()) == ["data", "secret"]


def test_load_keys_prefers_the_variables_and_writes_nothing(home: Path) -> None:
    keys = load_keys(Env(home=home, secret_key="s" * 40, data_key="ab" * 32))
    assert (keys.secret, keys.data) == ("s" * 40, "ab" * 32)
    assert not home.exists()


def test_load_keys_in_test_mode_writes_nothing(home: Path) -> None:
    load_keys(Env(mode="test", home=home))
    assert not home.exists()


def test_load_keys_refuses_a_damaged_one(home: Path) -> None:
    load_keys(Env(home=home))
    (home / "keys" / "data").write_text("")
    with pytest.raises(SettingError, match="damaged"):
        load_keys(Env(home=home))


def test_fingerprint_tells_keys_apart_and_is_no_part_of_them() -> None:
    key = "0123456789abcdef" * 4
    assert fingerprint(key) != fingerprint(key[::-1])
    assert fingerprint(key) not in key
