"""Runs an import: every good row lands, every bad one is reported, a second run changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from django.utils.translation import gettext as _

from liangyi.platform.imports.errors import FileUnusable
from liangyi.platform.imports.fields import Field
from liangyi.platform.imports.maps import ImportMap
from liangyi.platform.imports.reading import RawRow, Table, open_table
from liangyi.platform.imports.report import ImportReport, RowError

BATCH = 1000
Problem = tuple[str, str]


@dataclass(frozen=True)
class Row:
    """A good row: parsed values by field name (None: not known), and the kept cells as they were."""

    line: int
    values: Mapping[str, Any]
    kept: Mapping[str, str]


class Target(Protocol):
    """Where rows land."""

    def known(self, ids: Collection[str]) -> set[str]:
        """Those of the outside ids that landed before."""

    def save(self, rows: Sequence[Row]) -> None:
        """Write new rows in one transaction of their own."""


def run_import(
    path: Path,
    mapping: ImportMap,
    fields: Sequence[Field],
    target: Target,
    *,
    identity: str,
    check: Callable[[Row], Iterable[Problem]] = lambda _row: (),
    is_dry_run: bool = False,
    report: ImportReport | None = None,
) -> ImportReport:
    """Bring the rows of a file to `target`. A dry run does everything but save.

    `identity` is the field with the outside id, unique in the file and for the source. `check` finds
    contradictions within a row, as (field name, reason). Raises FileUnusable when nothing can be read;
    a file that ends in the middle leaves the batches before it saved, and can simply be run again. A
    `report` that is given is filled as far as it goes, whatever is raised, and decides on the dry run.
    """
    report = report or ImportReport(mapping.source, is_dry_run)
    with open_table(path) as table:
        _check_columns(table, mapping)
        rows = _good_rows(table, mapping, fields, check, report)
        fresh = _once_each(rows, mapping, identity, report)
        while batch := list(islice(fresh, BATCH)):
            _land(batch, target, identity, report)
    return report


def _land(batch: Sequence[Row], target: Target, identity: str, report: ImportReport) -> None:
    known = target.known([row.values[identity] for row in batch])
    new = [row for row in batch if row.values[identity] not in known]
    if new and not report.is_dry_run:
        target.save(new)
    report.created += len(new)
    report.unchanged += len(batch) - len(new)


def _check_columns(table: Table, mapping: ImportMap) -> None:
    missing = sorted(mapping.columns - set(table.columns))
    if missing:
        raise FileUnusable(_("文件里没有这些列：%(names)s") % {"names": "、".join(missing)})


def _good_rows(
    table: Table,
    mapping: ImportMap,
    fields: Sequence[Field],
    check: Callable[[Row], Iterable[Problem]],
    report: ImportReport,
) -> Iterator[Row]:
    wanted = [known for known in fields if known.name in mapping.rules]
    for raw in table.rows:
        report.rows += 1
        if isinstance(raw, RowError):
            report.reject(raw)
            continue
        values, problems = _parsed(raw, mapping, wanted)
        row = Row(raw.line, values, {name: raw.cells[name] for name in mapping.keep})
        problems = problems or list(check(row))
        if problems:
            report.reject(*(RowError(raw.line, _column(mapping, name), why) for name, why in problems))
        else:
            yield row


def _parsed(raw: RawRow, mapping: ImportMap, fields: Sequence[Field]) -> tuple[dict[str, Any], list[Problem]]:
    values: dict[str, Any] = {}
    problems: list[Problem] = []
    for wanted in fields:
        rule = mapping.rules[wanted.name]
        try:
            text = rule.text_of(raw.cells)
            values[wanted.name] = None if text is None else wanted.parse(text, rule)
        except ValueError as problem:
            problems.append((wanted.name, str(problem)))
            continue
        if text is None and wanted.is_required:
            problems.append((wanted.name, _("必填，但这里是空的")))
    return values, problems


def _once_each(rows: Iterable[Row], mapping: ImportMap, identity: str, report: ImportReport) -> Iterator[Row]:
    lines: dict[str, int] = {}
    for row in rows:
        first = lines.setdefault(row.values[identity], row.line)
        if first == row.line:
            yield row
        else:
            why = _("与第 %(line)d 行重复") % {"line": first}
            report.reject(RowError(row.line, _column(mapping, identity), why))


def _column(mapping: ImportMap, name: str) -> str:
    rule = mapping.rules.get(name)
    return rule.column or name if rule else name
