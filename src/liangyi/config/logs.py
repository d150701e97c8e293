"""One line per event on stderr: time, level, request, logger, text. Nothing a patient told us."""

from __future__ import annotations

import logging
import re
from contextvars import ContextVar
from typing import Any

request_id: ContextVar[str] = ContextVar("liangyi_request_id", default="-")

# PostgreSQL repeats the row in its errors: `DETAIL:  Key (phone)=(138…) already exists.`
_DETAIL = re.compile(r"^(DETAIL|CONTEXT|LINE \d+|HINT|\s*\^).*$", re.MULTILINE)


class Formatter(logging.Formatter):
    """Adds the request's number; takes the database's row details and the line ends of a text out."""

    def format(self, record: logging.LogRecord) -> str:
        record.request_id = request_id.get()
        return super().format(record)

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 the standard library's name
        record.message = _DETAIL.sub("", record.message).strip().replace("\n", " ↵ ")
        return super().formatMessage(record)

    def formatException(self, ei: Any) -> str:  # noqa: N802 the standard library's name
        return _DETAIL.sub("", super().formatException(ei))


def logging_settings(level: str) -> dict[str, Any]:
    """Django's LOGGING."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "line": {
                "()": "liangyi.config.logs.Formatter",
                "format": "%(asctime)s %(levelname)s %(request_id)s %(name)s %(message)s",
                "datefmt": "%Y-%m-%dT%H:%M:%S%z",
            }
        },
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "liangyi": {"level": level},
            "procrastinate": {"level": "WARNING"},
            "django": {"handlers": [], "level": "WARNING", "propagate": True},
            "django.request": {"level": "ERROR"},  # 4xx are in the request's own line
            "django.server": {"handlers": [], "level": "WARNING", "propagate": True},
        },
    }
