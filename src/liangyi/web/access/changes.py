"""The history of one record, as its reader may see it: sealed things stay sealed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import BinaryField, Field, ForeignKey, Model
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from liangyi.platform import subjects
from liangyi.platform.access.models import Account, Role, Site, Unit
from liangyi.platform.access.queries import account_visible_to
from liangyi.platform.actors import Actor
from liangyi.platform.audit.models import History
from liangyi.platform.audit.permissions import VIEW_HISTORY
from liangyi.platform.audit.queries import history_of
from liangyi.platform.errors import Missing
from liangyi.web.access.field_names import FIELDS
from liangyi.web.shell import formats

PAGE = 30
SECRET = re.compile(r"^password$|digest|sealed|secret|blind|identity_number")
PHONE = re.compile(r"phone|mobile")
OPERATIONS = {"I": _("已新增"), "U": _("已修改"), "D": _("已删除")}
NAMED: tuple[type[Model], ...] = (Account, Role, Site, Unit)
LONGEST = 300


@dataclass(frozen=True)
class Change:
    """One field from what to what, as text."""

    field: str
    old: str
    new: str


@dataclass(frozen=True)
class Entry:
    """One change of the record."""

    at: datetime
    who: str
    reason: str
    operation: Any
    op: str
    changes: list[Change]


def history_page(actor: Actor, table: str, row: UUID, after: str) -> dict[str, Any]:
    """One page of a record's history, the latest first. Missing for another site's record."""
    rows = history_of(table, row)
    newest = rows.first()
    if newest is None or not _may_see(actor, table, row, newest):
        raise Missing()
    if after.isdecimal() and len(after) < 19:
        rows = rows.filter(pk__lt=int(after))
    page = list(rows[: PAGE + 1])
    following = page[PAGE - 1].pk if len(page) > PAGE else ""
    return {"entries": entries_of(page[:PAGE]), "after": following, "record": _title(actor, table, row)}


def entries_of(rows: list[History]) -> list[Entry]:
    """History rows as a reader sees them. Names of people, sites and roles in one statement each."""
    names = _names(rows)
    return [
        Entry(
            at=row.at,
            who=row.actor_name,
            reason=row.reason,
            operation=OPERATIONS[row.op],
            op=row.op,
            changes=[_change(row, key, old, new, names) for key, old, new in _pairs(row)],
        )
        for row in rows
    ]


def _may_see(actor: Actor, table: str, row: UUID, newest: History) -> bool:
    """The row itself, its site, and whatever it belongs to that has a reader's right of its own."""
    held = newest.new or newest.old or {}
    site = held.get("site_id")
    if site is not None and not actor.may(VIEW_HISTORY, UUID(site)):
        return False
    if table == Account._meta.db_table:
        return account_visible_to(actor, row)
    parents = [(_kind(field.related_model), held.get(key)) for key, field in _fields(table).items()]
    pairs = [(kind, UUID(value)) for kind, value in parents if kind in subjects.registered() and value]
    if _subject(table) in subjects.registered():
        pairs.append((_subject(table), row))
    return all(label.visible for label in subjects.labels(actor, pairs).values())


def _subject(table: str) -> str:
    return table.replace("_", ".", 1)


def _kind(model: type[Model] | None) -> str:
    return _subject(model._meta.db_table) if model else ""


def _title(actor: Actor, table: str, row: UUID) -> str:
    if _subject(table) in subjects.registered():
        return subjects.label(actor, (_subject(table), row)).label
    if table == Account._meta.db_table:
        return Account.objects.values_list("display_name", flat=True).get(pk=row)
    model = _models().get(table)
    return str(model._meta.verbose_name) if model else table


def _pairs(row: History) -> Iterator[tuple[str, Any, Any]]:
    """(field, old, new): what an update changed; what a new row was filled with; what a deleted one held."""
    old, new = row.old or {}, row.new or {}
    keys = old if row.op == "U" else (new or old)
    for key in keys:
        pair = old.get(key), new.get(key)
        if key != "id" and any(value not in (None, "", [], {}) for value in pair):
            yield key, *pair


def _change(row: History, key: str, old: Any, new: Any, names: dict[str, str]) -> Change:
    field = _fields(row.table).get(key)
    label = _label(field, key)
    if SECRET.search(key) or isinstance(field, BinaryField):
        return Change(label, _hidden(old), _hidden(new))
    return Change(label, _text(field, key, old, names), _text(field, key, new, names))


def _label(field: Field[Any, Any] | None, key: str) -> str:
    """The field's own name if it was given one, else the usual one for such a field."""
    if field is not None and str(field.verbose_name) != field.name.replace("_", " "):
        return str(field.verbose_name)
    return str(FIELDS.get(key) or FIELDS.get(key.removesuffix("_id")) or key)


def _hidden(value: Any) -> str:
    return "" if value in (None, "") else gettext("〈已加密〉")


def _text(field: Field[Any, Any] | None, key: str, value: Any, names: dict[str, str]) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return gettext("是") if value else gettext("否")
    if isinstance(field, ForeignKey):
        return names.get(str(value), f"…{str(value)[-6:]}")
    if PHONE.search(key) and isinstance(value, str):
        return formats.masked_phone(value)
    if choices := dict(getattr(field, "flatchoices", None) or ()):
        return str(choices.get(value, value))
    return _plain(value)


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return "、".join(map(str, value))[:LONGEST]
    if isinstance(value, str) and re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:.*", value):
        return formats.moment(datetime.fromisoformat(value))
    return str(value)[:LONGEST]


def _names(rows: Iterable[History]) -> dict[str, str]:
    wanted: dict[type[Model], set[str]] = {model: set() for model in NAMED}
    for row in rows:
        fields = _fields(row.table)
        for key, *pair in _pairs(row):
            target = getattr(fields.get(key), "related_model", None)
            if target in wanted:
                wanted[target] |= {value for value in pair if value}
    return {
        str(thing.pk): str(thing)
        for model, ids in wanted.items()
        if ids
        for thing in model._default_manager.filter(pk__in=ids)
    }


@lru_cache
def _models() -> dict[str, type[Model]]:
    return {model._meta.db_table: model for model in apps.get_models()}


def _fields(table: str) -> dict[str, Field[Any, Any]]:
    model = _models().get(table)
    return {field.attname: field for field in model._meta.concrete_fields} if model else {}
