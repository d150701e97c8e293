"""The two secrets: one signs sessions, one seals identity numbers. Made on first start, kept in HOME/keys."""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from liangyi.config.env import Env


@dataclass(frozen=True)
class Keys:
    """`secret` signs; `data` seals (64 hex digits, 256 bits)."""

    secret: str
    data: str


def load_keys(env: Env) -> Keys:
    """The keys from the variables, else from HOME/keys, else newly made there."""
    folder = env.home.resolve() / "keys"
    return Keys(env.secret_key or _kept(folder / "secret"), env.data_key or _kept(folder / "data"))


def _kept(path: Path) -> str:
    if path.exists():
        return path.read_text().strip()
    path.parent.mkdir(parents=True, exist_ok=True)
    value = secrets.token_hex(32)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as out:
        out.write(value)
    return value
