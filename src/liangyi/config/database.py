"""Which database: LIANGYI_DATABASE_URL, else the embedded one of this HOME."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from liangyi.config.embedded.place import DATABASE, PORT, place_for
from liangyi.config.env import Env, SettingError

URL_OPTIONS = ("sslmode", "sslrootcert", "sslcert", "sslkey", "connect_timeout", "target_session_attrs")

# Milliseconds. A page that takes longer is broken; a job may take its time, an operator's command all of it.
STATEMENT_TIMEOUT = {"web": 20_000, "worker": 600_000, "command": 0}
IDLE_TIMEOUT = {"web": 20_000, "worker": 60_000, "command": 0}
# A connection that is kept tells within two minutes that its server is out of reach.
KEPT = {"keepalives_idle": 60, "keepalives_interval": 15, "keepalives_count": 4}


def database_settings(env: Env) -> dict[str, Any]:
    """Django's DATABASES entry for this process; raises SettingError for a URL that names no database."""
    entry = _from_url(env.database_url) if env.database_url else _embedded(env)
    entry["OPTIONS"] |= {
        "application_name": f"liangyi {env.process}",
        "options": _session_settings(env.process),
    }
    if env.process != "command":
        entry["OPTIONS"] |= KEPT | {"pool": {"min_size": 1, "max_size": env.threads + 2, "timeout": 10}}
    return entry


def _session_settings(process: str) -> str:
    return (
        f"-c statement_timeout={STATEMENT_TIMEOUT[process]}"
        f" -c idle_in_transaction_session_timeout={IDLE_TIMEOUT[process]}"
        " -c synchronous_commit=on"
        # Unset, every row's trigger would fail at reading it and roll a subtransaction back.
        " -c pgtrigger.ignore={}"
    )


def _embedded(env: Env) -> dict[str, Any]:
    return _entry(DATABASE, DATABASE, "", str(place_for(env.home).sockets), PORT, {})


def _from_url(raw: str) -> dict[str, Any]:
    url = urlsplit(raw)
    name = unquote(url.path.strip("/"))
    if not name:
        raise SettingError(
            "LIANGYI_DATABASE_URL names no database: postgresql://user:password@host:5432/name"
        )
    options = dict(parse_qsl(url.query, keep_blank_values=True))
    if unknown := set(options) - {*URL_OPTIONS, "host"}:
        raise SettingError(
            f"LIANGYI_DATABASE_URL: {sorted(unknown)[0]} is not known (known: {', '.join(URL_OPTIONS)})"
        )
    host = unquote(url.hostname or "") or options.pop("host", "")
    port = str(url.port or "")
    return _entry(name, unquote(url.username or ""), unquote(url.password or ""), host, port, options)


def _entry(
    name: str, user: str, password: str, host: str, port: str, options: dict[str, str]
) -> dict[str, Any]:
    return {
        "ENGINE": "liangyi.config.postgresql",
        "NAME": name,
        "USER": user,
        "PASSWORD": password,
        "HOST": host,
        "PORT": port,
        "OPTIONS": dict(options),
    }
