"""What may travel in a job: ids, codes, numbers and dates. Never a name, a phone or an identity number.

Job rows are read by operators, logged and kept outside the history of the tables they speak of.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any
from uuid import UUID

_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_.:/\-]{0,119}\Z")
_DIGITS = re.compile(r"\d{7}")


class NotForJobsError(ValueError):
    """A job argument that is not an id, a code, a number or a date."""


def to_json(value: Any) -> Any:
    """`value` as the JSON a job may hold; raises NotForJobsError for free text."""
    if value is None or isinstance(value, bool | int):
        return value
    if isinstance(value, UUID):
        return str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return _checked(value)
    if isinstance(value, list | tuple | set | frozenset):
        return [to_json(item) for item in value]
    if isinstance(value, dict):
        return {_checked(key): to_json(item) for key, item in value.items()}
    raise NotForJobsError(f"{type(value).__name__} cannot travel in a job")


def _checked(text: str) -> str:
    if text == "" or _is_uuid(text) or _is_date(text):
        return text
    if _CODE.match(text) and not _DIGITS.search(text):
        return text
    raise NotForJobsError("a job holds ids, codes, numbers and dates, not text")


def _is_uuid(text: str) -> bool:
    try:
        return str(UUID(text)) == text.lower()
    except ValueError:
        return False


def _is_date(text: str) -> bool:
    if "-" not in text:
        return False
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True
