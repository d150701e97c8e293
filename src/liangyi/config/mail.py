"""Where mail goes: the server of LIANGYI_MAIL_URL, else files in HOME/mail."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from liangyi.config.env import Env

BACKENDS = "django.core.mail.backends"
TIMEOUT_SECONDS = 15


def mail_settings(env: Env) -> dict[str, Any]:
    """Django's mail settings. smtp:// starts TLS on the way, smtps:// speaks it from the first byte."""
    common = {"DEFAULT_FROM_EMAIL": env.mail_from, "SERVER_EMAIL": env.mail_from}
    if not env.mail_url:
        return common | {
            "EMAIL_BACKEND": f"{BACKENDS}.filebased.EmailBackend",
            "EMAIL_FILE_PATH": str(env.home / "mail"),
        }
    url = urlsplit(env.mail_url)
    is_tls = url.scheme == "smtps"
    return common | {
        "EMAIL_BACKEND": f"{BACKENDS}.smtp.EmailBackend",
        "EMAIL_HOST": url.hostname or "localhost",
        "EMAIL_PORT": url.port or (465 if is_tls else 587),
        "EMAIL_HOST_USER": unquote(url.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(url.password or ""),
        "EMAIL_USE_SSL": is_tls,
        "EMAIL_USE_TLS": not is_tls and url.hostname not in ("localhost", "127.0.0.1"),
        "EMAIL_TIMEOUT": TIMEOUT_SECONDS,
    }
