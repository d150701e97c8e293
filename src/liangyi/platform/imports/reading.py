"""Reads delimited text as it comes from spreadsheets and other systems, row by row."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from liangyi.platform.imports.errors import FileUnusable
from liangyi.platform.imports.report import RowError

DELIMITERS = (",", "\t", ";", "|")
LONGEST_CELL = 100_000
CHUNK = 1 << 20
BROKEN = "\N{REPLACEMENT CHARACTER}"
FEW = 0.1


@dataclass(frozen=True)
class RawRow:
    """One row's cells by column name, trimmed; `line` is where it begins."""

    line: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Table:
    """An open file: its columns, and its rows or what is wrong with one, once through."""

    columns: tuple[str, ...]
    rows: Iterator[RawRow | RowError]


@contextmanager
def open_table(path: Path) -> Iterator[Table]:
    """The table in `path`: UTF-8 (with or without mark), UTF-16 or GB18030; comma, tab, semicolon or bar.

    Raises FileUnusable when there is no header that names each column once.
    """
    try:
        with path.open("rb") as raw:
            encoding = _encoding(raw)
            raw.seek(0)
            with TextIOWrapper(raw, encoding=encoding, errors="replace", newline="") as text:
                yield _table(text)
    except OSError as problem:
        raise FileUnusable(_("无法读取文件：%(reason)s") % {"reason": problem.strerror}) from problem


def _table(text: TextIOWrapper) -> Table:
    first = text.readline(LONGEST_CELL)
    delimiter = max(DELIMITERS, key=first.count)
    text.seek(0)
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(text, delimiter=delimiter)
    try:
        columns = tuple(name.strip().removeprefix("\ufeff") for name in next(reader, []))
    except csv.Error as problem:
        raise FileUnusable(_("第一行应是列名")) from problem
    if not any(columns) or "\0" in first:
        raise FileUnusable(_("第一行应是列名"))
    twice = sorted({name for name in columns if name and columns.count(name) > 1})
    if twice:
        raise FileUnusable(_("列名重复：%(names)s") % {"names": "、".join(twice)})
    return Table(columns, _rows(reader, columns))


def _rows(reader: Iterator[list[str]], columns: tuple[str, ...]) -> Iterator[RawRow | RowError]:
    while True:
        line = reader.line_num + 1  # type: ignore[attr-defined]  # a csv reader's own
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            yield RowError(line, "", _("这一行太长或引号没有配对，无法读取"))
            continue
        if any(cell.strip() for cell in cells):
            yield _row(line, columns, cells)


def _row(line: int, columns: tuple[str, ...], cells: list[str]) -> RawRow | RowError:
    extra = cells[len(columns) :]
    if len(cells) < len(columns) or any(cell.strip() for cell in extra):
        counts = {"wanted": len(columns), "found": len(cells)}
        return RowError(line, "", _("列数不对：应有 %(wanted)d 列，实有 %(found)d 列") % counts)
    named = {name: cell.strip() for name, cell in zip(columns, cells, strict=False) if name}
    for name, cell in named.items():
        if "\0" in cell or BROKEN in cell:
            return RowError(line, name, _("含有无法识别的字符"))
    return RawRow(line, named)


def _encoding(raw: BinaryIO) -> str:
    """A file that is UTF-8 but for a few broken bytes stays UTF-8: those rows are reported."""
    if raw.read(2) in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    raw.seek(0)
    broken, foreign = 0, 0
    with_replacement = TextIOWrapper(raw, encoding="utf-8-sig", errors="replace", newline="")
    while part := with_replacement.read(CHUNK):
        broken += part.count(BROKEN)
        foreign += sum(1 for character in part if character > "\x7f") if not part.isascii() else 0
    with_replacement.detach()
    return "utf-8-sig" if broken <= FEW * foreign else "gb18030"
