from __future__ import annotations

from pathlib import Path

import pytest

from liangyi.config.env import CHECKOUT, SettingError, read

PRODUCTION = {
    "LIANGYI_MODE": "production",
    "LIANGYI_SECRET_KEY": "q3Xw9-vN2kLm8_pRt5Yz7Bd1Fg4Hj6Ks0",
    "LIANGYI_DATA_KEY": "8f14e45fceea167a5a36dedd4bea2543c9f0f895fb98ab9159f51fd0297e236d",
    "LIANGYI_ALLOWED_HOSTS": "clinic.example",
    "LIANGYI_BASE_URL": "https://clinic.example",
}


def test_read_without_variables_gives_the_defaults() -> None:
    env = read({"PATH": "/bin"})
    assert (env.mode, env.workers, env.home) == ("development", 2, CHECKOUT / "var")


@pytest.mark.parametrize(
    ("name", "raw", "field", "value"),
    [
        ("LIANGYI_WORKERS", " 4 ", "workers", 4),
        ("LIANGYI_ALLOWED_HOSTS", "a.example, [::1]", "allowed_hosts", ("a.example", "[::1]")),
        ("LIANGYI_BASE_URL", "https://a.example/", "base_url", "https://a.example"),
        ("LIANGYI_HOME", "/srv/liangyi", "home", Path("/srv/liangyi")),
        ("LIANGYI_DATA_KEY", "AB" * 32, "data_key", "ab" * 32),
    ],
)
def test_read_parses(name: str, raw: str, field: str, value: object) -> None:
    assert getattr(read({name: raw}), field) == value


@pytest.mark.parametrize(
    ("name", "raw", "says"),
    [
        ("LIANGYI_WORKRES", "2", "did you mean LIANGYI_WORKERS?"),
        ("LIANGYI_workers", "2", "did you mean LIANGYI_WORKERS?"),
        ("LIANGYI_XYZ", "2", "docs/operations.md"),
        ("LIANGYI_MODE", "prod", "must be one of development, test, production"),
        ("LIANGYI_WORKERS", "0", "whole number from 1 to 64"),
        ("LIANGYI_WORKERS", "two", "whole number from 1 to 64"),
        ("LIANGYI_WORKERS", "٣", "whole number from 1 to 64"),
        ("LIANGYI_HOME", "", "is empty"),
        ("LIANGYI_DATABASE_URL", "mysql://x/y", "must look like postgresql://"),
        ("LIANGYI_DATABASE_URL", "postgresql://h:port/y", "must look like postgresql://"),
        ("LIANGYI_BASE_URL", "https://a.example/clinic", "scheme and host, nothing after"),
        ("LIANGYI_BASE_URL", "a.example", "must look like https://"),
        ("LIANGYI_SECRET_KEY", "short", "at least 32 characters"),
        ("LIANGYI_DATA_KEY", "xyz", "64 hex digits"),
        ("LIANGYI_ALLOWED_HOSTS", "*", "host names separated by commas"),
        ("LIANGYI_LOG_LEVEL", "info", "must be one of"),
        ("LIANGYI_MAIL_URL", "mail.example", "must look like smtp://"),
    ],
)
def test_read_refuses_in_one_line(name: str, raw: str, says: str) -> None:
    with pytest.raises(SettingError) as error:
        read({name: raw})
    assert name in str(error.value)
    assert says in str(error.value)
    assert "\n" not in str(error.value)


def test_read_accepts_a_whole_production() -> None:
    assert read(PRODUCTION).mode == "production"


@pytest.mark.parametrize("left_out", sorted(set(PRODUCTION) - {"LIANGYI_MODE"}))
def test_read_refuses_production_without(left_out: str) -> None:
    with pytest.raises(SettingError, match=left_out):
        read({name: value for name, value in PRODUCTION.items() if name != left_out})


@pytest.mark.parametrize(
    ("name", "raw", "says"),
    [
        ("LIANGYI_DEMO_PASSWORD", "liangyi-demo", "no place in production"),
        ("LIANGYI_BASE_URL", "http://clinic.example", "https://"),
        ("LIANGYI_DATA_KEY", "0" * 64, "must be random"),
        ("LIANGYI_SECRET_KEY", "x" * 50, "must be random"),
        ("LIANGYI_SECRET_KEY", PRODUCTION["LIANGYI_DATA_KEY"], "must differ"),
    ],
)
def test_read_refuses_production_with(name: str, raw: str, says: str) -> None:
    with pytest.raises(SettingError, match=says):
        read({**PRODUCTION, name: raw})
