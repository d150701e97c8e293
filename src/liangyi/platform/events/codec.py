"""Events as JSON and back, by the types of their fields."""

from __future__ import annotations

import types
from collections.abc import Callable
from dataclasses import fields
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from liangyi.platform.jobs.arguments import to_json

_READERS: dict[Any, Callable[[Any], Any]] = {
    UUID: UUID,
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
}


def encode(event: object) -> dict[str, Any]:
    """The event's fields as JSON; ids, codes, numbers and dates only (NotForJobsError otherwise)."""
    return {f.name: to_json(getattr(event, f.name)) for f in fields(event)}  # type: ignore[arg-type]  # a dataclass


def decode(event_type: type, payload: dict[str, Any]) -> Any:
    """The event that `encode` was given. Fields added since with a default are left to it."""
    hints = _hints(event_type)
    return event_type(**{key: _read(hints[key], value) for key, value in payload.items() if key in hints})


@lru_cache
def _hints(event_type: type) -> dict[str, Any]:
    return get_type_hints(event_type)


def _read(hint: Any, value: Any) -> Any:
    if value is None:
        return None
    origin = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _read(next(arg for arg in get_args(hint) if arg is not type(None)), value)
    if origin in (tuple, list, frozenset):
        item = get_args(hint)[0]
        return origin(_read(item, one) for one in value)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint(value)
    reader = _READERS.get(hint)
    return reader(value) if reader else value
