"""Lists paged by key: the next page begins after the last row shown, however much has come in meanwhile."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet

PAGE = 50
M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Page(Generic[M]):
    """Some rows, and the key the next ones come after; empty at the end."""

    rows: list[M]
    next: str


def page_of(found: QuerySet[M], order: tuple[str, ...], after: str = "", size: int = PAGE) -> Page[M]:
    """The rows of `found` in the order of `order` (rising, none of them null) and id, after the row with
    the id `after`: two statements at most. A key that is none begins at the top."""
    fields = (*order, "id")
    key = _key(found, fields, after)
    rows = list((found.filter(_beyond(fields, key)) if key else found).order_by(*fields)[: size + 1])
    return Page(rows[:size], str(rows[size - 1].pk) if len(rows) > size else "")


def _key(found: QuerySet[Any], fields: tuple[str, ...], after: str) -> tuple[Any, ...] | None:
    try:
        wanted = UUID(after)
    except ValueError:
        return None
    return found.filter(id=wanted).order_by().values_list(*fields).first()


def _beyond(fields: tuple[str, ...], key: tuple[Any, ...]) -> Q:
    beyond, same = Q(), Q()
    for name, value in zip(fields, key, strict=True):
        beyond |= same & Q(**{f"{name}__gt": value})
        same &= Q(**{name: value})
    return beyond
