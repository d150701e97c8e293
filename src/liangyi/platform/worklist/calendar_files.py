"""The clinic's own calendar as csv: `day,is_working,name`, one line for each day that differs."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from liangyi.platform.errors import Invalid

COLUMNS = ("day", "is_working", "name")
YES = frozenset({"1", "true", "yes", "班"})
NO = frozenset({"0", "false", "no", "休"})


@dataclass(frozen=True)
class DayRow:
    """One line: a day that is (not) worked, and why."""

    day: date
    is_working: bool
    name: str


def read_days(text: str) -> list[DayRow]:
    """The lines of the file. Raises Invalid with every line that cannot be read, and takes none then."""
    reader = csv.DictReader(io.StringIO(text.removeprefix("\ufeff")))
    if not {"day", "is_working"} <= set(reader.fieldnames or ()):
        raise Invalid({"": [_("第一行要写列名：day,is_working,name")]})
    rows: dict[date, DayRow] = {}
    wrong: dict[str, list[object]] = {}
    for line, cells in enumerate(reader, start=2):
        try:
            row = _read(cells)
        except ValueError as error:
            wrong[str(line)] = [_("第 %(line)s 行读不懂：%(value)s") % {"line": line, "value": error}]
        else:
            rows[row.day] = row
    if wrong:
        raise Invalid(wrong)
    return list(rows.values())


def _read(cells: dict[str, str | None]) -> DayRow:
    word = (cells["is_working"] or "").strip().lower()
    if word not in YES | NO:
        raise ValueError(word)
    return DayRow(
        date.fromisoformat((cells["day"] or "").strip()), word in YES, (cells.get("name") or "").strip()
    )
