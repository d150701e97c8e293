"""How one field of an import is filled."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from liangyi.platform.clock import HOME_ZONE

Precision = Literal["day", "minute"]
PRECISIONS: tuple[Precision, ...] = ("day", "minute")


@dataclass(frozen=True)
class Rule:
    """How one field is filled: from a column or with a constant, through a table of values."""

    name: str
    column: str = ""
    constant: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    formats: tuple[str, ...] = ("iso",)
    empty: frozenset[str] = frozenset({""})
    zone: ZoneInfo = field(default_factory=lambda: ZoneInfo(HOME_ZONE))
    precision: Precision = "minute"

    def text_of(self, cells: Mapping[str, str]) -> str | None:
        """The text to parse, None when nothing is known; raises ValueError for a text without meaning."""
        cell = cells[self.column] if self.column else self.constant
        if cell in self.empty:
            return None
        if not self.values:
            return cell
        if cell not in self.values and "*" not in self.values:
            raise ValueError(_("“%(cell)s”在映射里没有对应的值") % {"cell": cell[:30]})
        return self.values.get(cell, self.values.get("*")) or None
