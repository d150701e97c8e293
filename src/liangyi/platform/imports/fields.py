"""The fields an import fills, and how a cell's text becomes a value."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from liangyi.platform.imports.rules import Rule

Parser = Callable[[str, Rule], Any]
EARLIEST_YEAR, LATEST_YEAR = 1850, 2150
_YES = frozenset({"1", "true", "yes", "y", "t", "是"})
_NO = frozenset({"0", "false", "no", "n", "f", "否"})


@dataclass(frozen=True)
class Field:
    """A field of what is imported. `parse` raises ValueError with a reason for the user."""

    name: str
    parse: Parser
    is_required: bool = False


def text(longest: int) -> Parser:
    """Text of at most `longest` characters."""

    def parse(cell: str, _rule: Rule) -> str:
        if len(cell) > longest:
            raise ValueError(_("超过 %(longest)d 个字符") % {"longest": longest})
        return cell

    return parse


def choice(*allowed: str) -> Parser:
    """One of a few codes; a map brings other words to them with `values`."""

    def parse(cell: str, _rule: Rule) -> str:
        if cell not in allowed:
            raise ValueError(_("“%(cell)s”不在可用的值之内") % {"cell": cell[:30]})
        return cell

    return parse


def whole_number(least: int, most: int) -> Parser:
    """A whole number within bounds; 62.0 is one."""

    def parse(cell: str, _rule: Rule) -> int:
        if not re.fullmatch(r"[+-]?[0-9]{1,18}(\.0+)?", cell):
            raise ValueError(_("“%(cell)s”不是整数") % {"cell": cell[:30]})
        number = int(float(cell)) if "." in cell else int(cell)
        if not least <= number <= most:
            bounds = {"least": least, "most": most}
            raise ValueError(_("应在 %(least)d 到 %(most)d 之间") % bounds)
        return number

    return parse


def flag(cell: str, _rule: Rule) -> bool:
    """Yes or no in the usual spellings."""
    if cell.lower() in _YES | _NO:
        return cell.lower() in _YES
    raise ValueError(_("“%(cell)s”不是“是”或“否”") % {"cell": cell[:30]})


def moment(cell: str, rule: Rule) -> datetime:
    """A moment in one of the rule's formats; without an offset of its own it is in the rule's time zone."""
    for form in rule.formats:
        found = _in_format(cell, form)
        if found is not None:
            return found if found.tzinfo else found.replace(tzinfo=rule.zone)
    raise ValueError(_("“%(cell)s”不是可识别的时间") % {"cell": cell[:30]})


def day(cell: str, rule: Rule) -> date:
    """A calendar day in one of the rule's formats."""
    return moment(cell, rule).date()


def _in_format(cell: str, form: str) -> datetime | None:
    try:
        found = datetime.fromisoformat(cell) if form == "iso" else datetime.strptime(cell, form)  # noqa: DTZ007
    except ValueError:
        return None
    return found if EARLIEST_YEAR <= found.year <= LATEST_YEAR else None
