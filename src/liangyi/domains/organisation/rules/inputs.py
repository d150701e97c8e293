"""Checks that forms, REST and services share. `Problems` gathers all that is wrong before it raises."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from liangyi.platform.errors import Invalid

REQUIRED = _("请填写")
_LINE_BREAKS = "\n\r\t"


class Problems:
    """What is wrong with an input, field by field; `done()` raises it all at once."""

    def __init__(self) -> None:
        self.found: dict[str, list[Any]] = {}

    def add(self, field: str, sentence: Any) -> None:
        """Note a problem beside `field` ("" is the whole form)."""
        self.found.setdefault(field, []).append(sentence)

    def check(self, ok: bool, field: str, sentence: Any) -> None:
        """Note the problem unless `ok`."""
        if not ok:
            self.add(field, sentence)

    def text(self, field: str, value: str, *, most: int, required: bool = True, lines: bool = False) -> str:
        """`value` trimmed and normalised (NFC); `most` characters, no control characters."""
        cleaned = unicodedata.normalize("NFC", str(value or "")).strip()
        if required and not cleaned:
            self.add(field, REQUIRED)
        if len(cleaned) > most:
            self.add(field, _("最多 %(most)d 个字") % {"most": most})
        if not is_writable(cleaned, lines=lines):
            self.add(field, _("含有不能保存的字符，请重新输入"))
        return cleaned

    def number(self, field: str, value: int | None, *, least: int, most: int) -> int:
        """`value` between `least` and `most`, both allowed."""
        if value is None:
            self.add(field, REQUIRED)
            return least
        if isinstance(value, bool) or not isinstance(value, int):
            self.add(field, _("请填写整数"))
            return least
        self.check(
            least <= value <= most,
            field,
            _("须在 %(least)d 到 %(most)d 之间") % {"least": least, "most": most},
        )
        return value

    def choice(self, field: str, value: str, choices: Collection[str]) -> str:
        """`value` as one of `choices`."""
        self.check(value in choices, field, _("请从列表中选择"))
        return str(value)

    def period(self, field: str, first: date, last: date | None) -> None:
        """The end must not come before the start; the problem stands beside `field`."""
        self.check(last is None or last >= first, field, _("结束日期不能早于开始日期"))

    def done(self) -> None:
        """Raise Invalid when anything was found."""
        if self.found:
            raise Invalid(self.found)


def is_writable(text: str, *, lines: bool = False) -> bool:
    """No control characters and no halves of characters; line breaks and tabs only with `lines`."""
    allowed = _LINE_BREAKS if lines else ""
    return all(char in allowed or unicodedata.category(char) not in ("Cc", "Cs") for char in text)
