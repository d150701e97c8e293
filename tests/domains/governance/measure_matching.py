"""How well clauses find their controls, by the labels: `python tests/domains/governance/measure_matching.py`.

"None fits" counts as a proposal like any other, and as the one label of a clause that nothing carries out.
For the first and for the first three proposals of each labelled clause:
precision: the share of proposals made that are right; recall: the share of labels that are proposed;
hit: the share of clauses with at least one right proposal.
"""

from __future__ import annotations

import csv
import os
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

LABELS = Path(__file__).parent / "labels.csv"
POLICIES = Path(__file__).resolve().parents[4] / "shared" / "policies"
HALVES = ("tune", "held")


@dataclass(frozen=True)
class Judged:
    """A labelled clause: what it should find (an empty code: none), and what it found, best first."""

    number: str
    text: str
    half: str
    wanted: frozenset[str]
    found: tuple[str, ...]


@dataclass(frozen=True)
class Figures:
    """Precision, recall and hit of the first `depth` proposals."""

    clauses: int
    precision: float
    recall: float
    hit: float


def judged(folder: Path, halves: Sequence[str] = HALVES) -> Iterator[Judged]:
    """The labelled clauses of these halves."""
    from liangyi.domains.governance.rules.matching import proposals_of
    from liangyi.domains.governance.rules.reading import read

    labels = csv.DictReader(LABELS.read_text(encoding="utf-8").splitlines())
    rows = [row for row in labels if row["half"] in halves]
    names = sorted({row["file"] for row in rows})
    readings = {name: read((folder / name).read_text(encoding="utf-8")) for name in names}
    clauses = {(name, one.number): one for name, reading in readings.items() for one in reading.clauses}
    proposed = {name: proposals_of(reading) for name, reading in readings.items()}
    for row in rows:
        clause = clauses[row["file"], row["number"]]
        wanted = {"" if code == "none" else code for code in row["controls"].split()}
        found = tuple(one.control for one in proposed[row["file"]][row["number"]])
        place = f"{row['file'][:3]} {row['number']}"
        yield Judged(place, clause.text.strip(), row["half"], frozenset(wanted), found)


def figures(rows: Sequence[Judged], depth: int) -> Figures:
    """The figures of the first `depth` proposals."""
    made = [row.found[:depth] for row in rows]
    right = [len(row.wanted.intersection(first)) for row, first in zip(rows, made, strict=True)]
    return Figures(
        len(rows),
        sum(right) / sum(map(len, made)),
        sum(right) / sum(len(row.wanted) for row in rows),
        sum(map(bool, right)) / len(rows),
    )


def main(halves: Sequence[str]) -> None:
    """Print the figures of each half, and of the tuning half what was missed."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liangyi.config.settings")
    import django

    django.setup()
    rows = list(judged(POLICIES, halves))
    for half in halves:
        of_half = [row for row in rows if row.half == half]
        for depth in (1, 3):
            found = figures(of_half, depth)
            print(
                f"{half} first {depth}: clauses {found.clauses} precision {found.precision:.3f} "
                f"recall {found.recall:.3f} hit {found.hit:.3f}"
            )
    for row in rows:
        if row.half == "tune" and row.found[0] not in row.wanted:
            print(f"{row.number} wanted {sorted(row.wanted)} found {list(row.found[:3])}: {row.text[:40]}")


if __name__ == "__main__":
    main(sys.argv[1:] or HALVES)
