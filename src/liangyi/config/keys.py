"""The two secrets: one signs sessions, one seals identity numbers. Made on first start, kept in HOME/keys."""

from __future__ import annotations

import hashlib
import os
import secrets
from dataclasses import dataclass
from pathlib import Path

from liangyi.config.env import Env, SettingError

_TEST_KEYS = ("s" * 64, "0123456789abcdef" * 4)


@dataclass(frozen=True)
class Keys:
    """`secret` signs; `data` seals (64 hex digits, 256 bits)."""

    secret: str
    data: str


def load_keys(env: Env) -> Keys:
    """The keys from the variables, else from HOME/keys, else newly made there (fixed ones in test mode)."""
    if env.mode == "test":
        return Keys(env.secret_key or _TEST_KEYS[0], env.data_key or _TEST_KEYS[1])
    folder = env.home / "keys"
    return Keys(env.secret_key or _kept(folder / "secret"), env.data_key or _kept(folder / "data"))


def fingerprint(key: str) -> str:
    """Sixteen hex digits that tell keys apart and give nothing of them away."""
    return hashlib.sha256(b"liangyi key fingerprint:" + key.encode()).hexdigest()[:16]


def _kept(path: Path) -> str:
    """The key in `path`; made there if missing, so that two processes starting at once agree on it."""
    if not path.exists():
        _make(path)
    value = path.read_text().strip()
    if len(value) < 32:
        raise SettingError(f"{path} is damaged: put the key back from where you keep it")
    return value


def _make(path: Path) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = path.with_name(f".{path.name}.{os.getpid()}")
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(secrets.token_hex(32))
            out.flush()
            os.fsync(out.fileno())
        try:
            os.link(fresh, path)
        except FileExistsError:
            pass
        finally:
            fresh.unlink()
    except OSError as error:
        raise SettingError(
            f"{path} cannot be written ({error.strerror}): set LIANGYI_HOME to a folder of yours"
        ) from None
