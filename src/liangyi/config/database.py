"""Which database: LIANGYI_DATABASE_URL, else the embedded one in HOME/postgres."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from liangyi.config.env import Env, SettingError


def database_settings(env: Env) -> dict[str, Any]:
    """Django's DATABASES entry; raises SettingError for a URL that is not PostgreSQL's."""
    if not env.database_url:
        return _entry("liangyi", "liangyi", "", str(env.home.resolve() / "postgres" / "run"), "5432")
    url = urlsplit(env.database_url)
    if url.scheme not in ("postgres", "postgresql") or not url.path.strip("/"):
        raise SettingError("LIANGYI_DATABASE_URL must look like postgresql://user:password@host:5432/name")
    return _entry(
        url.path.strip("/"), unquote(url.username or ""), unquote(url.password or ""), unquote(url.hostname or ""), str(url.port or "")
    )


def _entry(name: str, user: str, password: str, host: str, port: str) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": user,
        "PASSWORD": password,
        "HOST": host,
        "PORT": port,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}},
    }
