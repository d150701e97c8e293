from __future__ import annotations

from pathlib import Path

import pytest

from liangyi.config.database import database_settings
from liangyi.config.env import Env, SettingError


def test_database_settings_without_url_point_at_the_socket_of_home(home: Path) -> None:
    entry = database_settings(Env(home=home))
    assert entry["HOST"] == str(home / "postgres" / "run")
    assert entry["NAME"] == "liangyi"


def test_database_settings_take_a_url_apart() -> None:
    entry = database_settings(
        Env(database_url="postgresql://a%40b:p%2Fw@db.example:6543/clinic?sslmode=require")
    )
    found = {key: entry[key] for key in ("NAME", "USER", "PASSWORD", "HOST", "PORT")}
    assert found == {"NAME": "clinic", "USER": "a@b", "PASSWORD": "p/w", "HOST": "db.example", "PORT": "6543"}
    assert entry["OPTIONS"]["sslmode"] == "require"


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("postgresql://db.example", "names no database"),
        ("postgresql://db/x?sslmod=require", "sslmod is not known"),
    ],
)
def test_database_settings_refuse(url: str, says: str) -> None:
    with pytest.raises(SettingError, match=says):
        database_settings(Env(database_url=url))


@pytest.mark.parametrize(("process", "has_pool"), [("web", True), ("worker", True), ("command", False)])
def test_database_settings_pool_where_threads_serve(process: str, has_pool: bool) -> None:
    entry = database_settings(Env(database_url="postgresql://db/x", process=process))
    assert ("pool" in entry["OPTIONS"]) == has_pool
    assert "synchronous_commit=on" in entry["OPTIONS"]["options"]
