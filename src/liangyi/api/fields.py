"""The field types REST shares: text the database can hold, moments with an offset, pages by key."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Annotated, Any, Protocol, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import DataError
from django.db.models import Model, Q, QuerySet
from ninja import Query, Schema
from pydantic import AfterValidator, AwareDatetime, Field

from liangyi.platform.actors import Actor
from liangyi.platform.errors import Invalid

Row = TypeVar("Row", bound=Model)
EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)
LATEST = datetime(2200, 1, 1, tzinfo=UTC)


def storable(text: str) -> str:
    """The text, if the database can hold it; ValueError otherwise."""
    if "\x00" in text or any("\ud800" <= letter <= "\udfff" for letter in text):
        raise ValueError("holds characters that are no text")
    return text


def _sane(moment: datetime) -> datetime:
    if not EARLIEST <= moment < LATEST:
        raise ValueError("lies outside 1900 to 2200")
    return moment


def _sane_day(day: date) -> date:
    if not EARLIEST.date() <= day < LATEST.date():
        raise ValueError("lies outside 1900 to 2200")
    return day


Text = Annotated[str, Field(max_length=500), AfterValidator(storable)]
Moment = Annotated[AwareDatetime, AfterValidator(_sane)]
Day = Annotated[date, AfterValidator(_sane_day)]
Limit = Annotated[int, Query(ge=1, le=200, description="How many items a page holds")]
After = Annotated[str | None, Query(max_length=200, description="`next` of the page before")]


class Ref(Schema):
    """Another thing, by id and name."""

    id: UUID
    name: str


def site_of(actor: Actor, site: UUID | None) -> UUID:
    """The site asked for, or the only one the account has; raises Invalid when it must be named."""
    if site is not None:
        return site
    if len(actor.grants) == 1:
        return next(iter(actor.grants))
    raise Invalid({"site": ["Name the site: the account works at more than one"]})


def keyset(
    rows: QuerySet[Row], order: tuple[str, ...], after: str | None, limit: int
) -> tuple[list[Row], str | None]:
    """One page of `rows` in ascending `order` behind the key `after`, and the key of the next page.

    `order` names attributes of the rows and ends with a unique one. Raises Invalid for a key that no
    page ever gave out.
    """
    found = rows.order_by(*order)
    if after:
        found = found.filter(_behind(order, _opened(after, len(order))))
    try:
        page = list(found[: limit + 1])
    except (ValidationError, ValueError, DataError) as error:
        raise _bad_key() from error
    if len(page) <= limit:
        return page, None
    last = page[limit - 1]
    return page[:limit], _sealed([getattr(last, name) for name in order])


def key_of(after: str | None) -> UUID | None:
    """A page key that is an id. Raises Invalid."""
    try:
        return UUID(after) if after else None
    except ValueError as error:
        raise _bad_key() from error


def _behind(order: tuple[str, ...], values: list[str]) -> Q:
    condition = Q()
    for place, name in enumerate(order):
        earlier = dict(zip(order[:place], values, strict=False))
        condition |= Q(**earlier, **{f"{name}__gt": values[place]})
    return condition


def _sealed(values: list[Any]) -> str:
    return urlsafe_b64encode(json.dumps([str(value) for value in values]).encode()).decode().rstrip("=")


def _opened(key: str, parts: int) -> list[str]:
    try:
        values = json.loads(urlsafe_b64decode(key + "=" * (-len(key) % 4)))
    except ValueError as error:
        raise _bad_key() from error
    if not isinstance(values, list) or len(values) != parts or not all(_is_text(part) for part in values):
        raise _bad_key()
    return values


def _is_text(part: object) -> bool:
    return isinstance(part, str) and len(part) <= 200 and "\x00" not in part and part.isprintable()


def _bad_key() -> Invalid:
    return Invalid({"after": ["Send the `next` of the page before, unchanged"]})


class _HasId(Protocol):
    @property
    def id(self) -> UUID: ...


Short = TypeVar("Short", bound=_HasId)


def page_in_memory(rows: Sequence[Short], after: str | None, limit: int) -> tuple[list[Short], str | None]:
    """One page of a short list whose order is its own; the key is the id of the last item shown."""
    start = 0
    if after:
        start = next((place + 1 for place, row in enumerate(rows) if str(row.id) == after), -1)
        if start < 0:
            raise _bad_key()
    page = list(rows[start : start + limit])
    return page, str(page[-1].id) if start + limit < len(rows) else None
