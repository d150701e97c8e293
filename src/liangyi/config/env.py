"""Settings from LIANGYI_* variables, parsed strictly: a typo stops the start with one clear line."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

PREFIX = "LIANGYI_"


class SettingError(SystemExit):
    """A LIANGYI_* variable that cannot be used; its text is all the operator sees."""


@dataclass(frozen=True)
class Env:
    """What the operator may set. Every field is the variable LIANGYI_<FIELD>."""

    mode: str = "development"
    home: Path = Path("var")
    database_url: str = ""
    secret_key: str = ""
    data_key: str = ""
    allowed_hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    base_url: str = "http://127.0.0.1:8000"
    demo_password: str = "liangyi-demo"  # noqa: S105 the published password of the demo accounts
    mail_url: str = ""
    workers: int = 2
    threads: int = 2
    log_level: str = "INFO"


def read(environ: Mapping[str, str] = os.environ) -> Env:
    """Parse the variables; raises SettingError naming the first that is unknown or malformed."""
    known = {f.name: f for f in fields(Env)}
    values: dict[str, object] = {}
    for name, raw in sorted(environ.items()):
        if not name.startswith(PREFIX):
            continue
        key = name[len(PREFIX) :].lower()
        if key not in known:
            raise SettingError(f"{name} is not a setting of Liangyi (known: {', '.join(sorted(PREFIX + k.upper() for k in known))})")
        values[key] = _parse(name, getattr(Env, key), raw)
    return Env(**values)  # type: ignore[arg-type]


def _parse(name: str, default: object, raw: str) -> object:
    if isinstance(default, int):
        if not raw.isdigit():
            raise SettingError(f"{name} must be a whole number, not {raw!r}")
        return int(raw)
    if isinstance(default, Path):
        return Path(raw)
    if isinstance(default, tuple):
        return tuple(part.strip() for part in raw.split(",") if part.strip())
    return raw
