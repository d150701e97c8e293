"""`liangyi policy_figures FILE… [--labels LABELS.csv]`."""

from __future__ import annotations

import csv
from argparse import ArgumentParser
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from liangyi.domains.governance import services
from liangyi.domains.governance.enums import ClauseKind
from liangyi.domains.governance.rules.matching.coverage import (
    Coverage,
    coverage_of,
    first_label,
    first_proposals,
)
from liangyi.domains.governance.rules.reading import Reading
from liangyi.platform.errors import LiangyiError


class Command(BaseCommand):
    """Figures of policy files, without keeping anything."""

    help = "Policy files as tables: clauses by kind, and which share a control carries out today."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The files, and labels to judge by instead of the first proposal."""
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--labels", type=Path, help="CSV with the columns file, number, controls")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Tables in Markdown, a row a file and one for all."""
        readings = {file.name: _reading(file) for file in options["files"]}
        self._table([str(kind.label) for kind in ClauseKind], _kinds(readings))
        proposed = {name: first_proposals(reading) for name, reading in readings.items()}
        self._coverage(_("按首个建议"), proposed)
        if options["labels"]:
            self._coverage(_("按标注"), _labelled(options["labels"], readings))

    def _coverage(self, title: str, codes: Mapping[str, Sequence[str]]) -> None:
        rows = {name: coverage_of(found) for name, found in codes.items()}
        rows[_("合计")] = coverage_of(code for found in codes.values() for code in found)
        self.stdout.write(f"\n{title}\n\n")
        heads = [_("条款数"), _("已建成"), _("规划中"), _("没有控制点")]
        self._table(heads, {name: _shares(found) for name, found in rows.items()})

    def _table(self, heads: Iterable[str], rows: Mapping[str, Iterable[object]]) -> None:
        lines = [["", *heads], *([name, *map(str, cells)] for name, cells in rows.items())]
        lines.insert(1, ["---"] * len(lines[0]))
        self.stdout.write("\n".join(f"| {' | '.join(line)} |" for line in lines))


def _reading(file: Path) -> Reading:
    try:
        return services.read_policy(file.name, file.read_bytes())
    except OSError as error:
        raise CommandError(f"{file}: {error.strerror}") from error
    except LiangyiError as error:
        raise CommandError(f"{file}: {error}") from error


def _kinds(readings: Mapping[str, Reading]) -> dict[str, list[int]]:
    counts = {name: Counter(clause.kind.value for clause in one.clauses) for name, one in readings.items()}
    counts[_("合计")] = sum(counts.values(), Counter())
    return {name: [count[kind.value] for kind in ClauseKind] for name, count in counts.items()}


def _labelled(file: Path, readings: Mapping[str, Reading]) -> dict[str, list[str]]:
    """The first label of each labelled clause that is still there, by file."""
    there = {(name, clause.number) for name, one in readings.items() for clause in one.clauses}
    found: dict[str, list[str]] = defaultdict(list)
    try:
        with file.open(encoding="utf-8", newline="") as rows:
            for row in csv.DictReader(rows):
                if (row["file"], row["number"]) in there:
                    found[row["file"]].append(first_label(row["controls"]))
    except OSError as error:
        raise CommandError(f"{file}: {error.strerror}") from error
    except KeyError as error:
        raise CommandError(f"{file}: column {error} is missing") from error
    return found


def _shares(found: Coverage) -> list[str]:
    parts = (found.built, found.planned, found.nothing)
    return [str(found.total), *(f"{part} ({part / found.total:.0%})" if part else "0" for part in parts)]
