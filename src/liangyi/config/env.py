"""Settings from LIANGYI_* variables, parsed strictly: a typo stops the start with one clear line."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from difflib import get_close_matches
from pathlib import Path
from urllib.parse import urlsplit

PREFIX = "LIANGYI_"
CHECKOUT = Path(__file__).resolve().parents[3]

MODES = ("development", "test", "production")
PROCESSES = ("command", "web", "worker")
LOG_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")


class SettingError(SystemExit):
    """A LIANGYI_* variable that cannot be used; its text is all the operator sees."""


def default_home() -> Path:
    """`var` beside the checkout Liangyi runs from, else `var` in the current folder."""
    return (CHECKOUT if (CHECKOUT / "pyproject.toml").is_file() else Path.cwd()) / "var"


@dataclass(frozen=True)
class Env:
    """What the operator may set. Each field is the variable LIANGYI_<FIELD>; see docs/operations.md."""

    mode: str = "development"
    home: Path = Path("var")
    database_url: str = ""
    secret_key: str = ""
    data_key: str = ""
    allowed_hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    base_url: str = "http://127.0.0.1:8000"
    demo_password: str = "liangyi-demo"  # noqa: S105 the published password of the demo accounts
    mail_url: str = ""
    mail_from: str = "liangyi@localhost"
    workers: int = 2
    threads: int = 2
    log_level: str = "INFO"
    process: str = "command"  # which part of the product this process is; `liangyi run` sets it


def read(environ: Mapping[str, str] = os.environ) -> Env:
    """Parse the variables; raises SettingError naming the first that is unknown or malformed."""
    values: dict[str, object] = {"home": default_home()}
    for name in sorted(n for n in environ if n.startswith(PREFIX)):
        key = _field(name)
        values[key] = _PARSERS.get(key, _text)(name, environ[name].strip())
    env = Env(**values)  # type: ignore[arg-type]  # each parser returns its field's type
    if env.mode == "production":
        _check_production(env, values)
    return env


def _field(name: str) -> str:
    key = name[len(PREFIX) :].lower()
    known = [f.name for f in fields(Env)]
    if key in known and name == name.upper():
        return key
    near = get_close_matches(key, known, n=1, cutoff=0.6)
    hint = f"did you mean {PREFIX}{near[0].upper()}?" if near else "docs/operations.md lists them all"
    raise SettingError(f"{name} is not a setting of Liangyi: {hint}")


def _text(name: str, raw: str) -> str:
    if not raw:
        raise SettingError(f"{name} is empty: give it a value, or leave it out")
    return raw


def _one_of(choices: tuple[str, ...]) -> Callable[[str, str], str]:
    def parse(name: str, raw: str) -> str:
        if raw not in choices:
            raise SettingError(f"{name} must be one of {', '.join(choices)}, not {raw!r}")
        return raw

    return parse


def _number(low: int, high: int) -> Callable[[str, str], int]:
    def parse(name: str, raw: str) -> int:
        if not re.fullmatch(r"[0-9]{1,6}", raw) or not low <= int(raw) <= high:
            raise SettingError(f"{name} must be a whole number from {low} to {high}, not {raw!r}")
        return int(raw)

    return parse


def _url(form: str, *schemes: str) -> Callable[[str, str], str]:
    def parse(name: str, raw: str) -> str:
        try:
            url = urlsplit(raw)
            usable = url.scheme in schemes and (url.port or 1) > 0
        except ValueError:
            usable = False
        if not usable:
            raise SettingError(f"{name} must look like {form}")
        return raw

    return parse


def _base_url(name: str, raw: str) -> str:
    form = "https://clinic.example"
    url = urlsplit(_url(form, "http", "https")(name, raw))
    if not url.hostname or url.path.strip("/") or url.query or url.fragment:
        raise SettingError(f"{name} must look like {form}: scheme and host, nothing after")
    return raw.rstrip("/")


def _secret_key(name: str, raw: str) -> str:
    if len(raw) < 32:
        raise SettingError(f"{name} must have at least 32 characters")
    return raw


def _data_key(name: str, raw: str) -> str:
    if not re.fullmatch(r"[0-9a-fA-F]{64}", raw):
        raise SettingError(f"{name} must be 64 hex digits (make one with: openssl rand -hex 32)")
    return raw.lower()


def _hosts(name: str, raw: str) -> tuple[str, ...]:
    hosts = tuple(part.strip() for part in raw.split(",") if part.strip())
    if not hosts or any(not re.fullmatch(r"[A-Za-z0-9.\-]+|\[[0-9a-fA-F:]+\]", host) for host in hosts):
        raise SettingError(f"{name} must be host names separated by commas, such as clinic.example,10.0.0.5")
    return hosts


def _path(name: str, raw: str) -> Path:
    return Path(_text(name, raw)).expanduser().absolute()


_PARSERS: Mapping[str, Callable[[str, str], object]] = {
    "mode": _one_of(MODES),
    "process": _one_of(PROCESSES),
    "log_level": _one_of(LOG_LEVELS),
    "home": _path,
    "workers": _number(1, 64),
    "threads": _number(1, 64),
    "database_url": _url("postgresql://user:password@host:5432/name", "postgresql", "postgres"),
    "mail_url": _url("smtp://user:password@host:587 (or smtps://…:465)", "smtp", "smtps"),
    "base_url": _base_url,
    "secret_key": _secret_key,
    "data_key": _data_key,
    "allowed_hosts": _hosts,
}


def _check_production(env: Env, given: Mapping[str, object]) -> None:
    """In production nothing secret is a default, and nothing of the demo is left."""
    for key in ("secret_key", "data_key", "allowed_hosts", "base_url"):
        if key not in given:
            raise SettingError(f"{PREFIX}{key.upper()} must be set in production")
    if "demo_password" in given:
        raise SettingError(f"{PREFIX}DEMO_PASSWORD has no place in production: there are no demo accounts")
    if not env.base_url.startswith("https://"):
        raise SettingError(f"{PREFIX}BASE_URL must begin with https:// in production")
    if len(set(env.data_key)) < 8 or len(set(env.secret_key)) < 8:
        raise SettingError(f"{PREFIX}SECRET_KEY and {PREFIX}DATA_KEY must be random in production")
    if env.data_key == env.secret_key.lower():
        raise SettingError(f"{PREFIX}SECRET_KEY and {PREFIX}DATA_KEY must differ")
