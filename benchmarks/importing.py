"""How fast policies are read and matched: processor seconds for each 100,000 characters.

    python -m benchmarks.importing [--section] [FILE…]

Without files the policies that come with the product, repeated to 100,000 characters. With --section as
`make bench` keeps it.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.report import circumstances

CHARACTERS = 100_000
RUNS = 3


@dataclass(frozen=True)
class Speed:
    """Seconds for each 100,000 characters, the best of RUNS, and how many clauses were matched."""

    characters: int
    clauses: int
    matched: int
    reading: float
    matching: float


def import_speed(text: str = "") -> Speed:
    """Reading `text` and matching its obligations and prohibitions; Django must be set up."""
    from liangyi.domains.governance.rules.matching import current_index, proposals_of
    from liangyi.domains.governance.rules.reading import read

    current_index()
    given = text or _bundled()
    best = (float("inf"), float("inf"))
    for _run in range(RUNS):
        began = time.process_time()
        reading = read(given)
        cut = time.process_time()
        matched = proposals_of(reading)
        best = (min(best[0], cut - began), min(best[1], time.process_time() - cut))
    share = CHARACTERS / len(given)
    return Speed(len(given), len(reading.clauses), len(matched), best[0] * share, best[1] * share)


def _bundled() -> str:
    from liangyi.domains.governance.rules.bundled import bundled

    whole = "\n".join(one.text for one in bundled().values())
    # No sentence twice: the matcher remembers what the texts it saw last have told it.
    copies = (whole.replace("。", f"，共{n}份。") for n in range(CHARACTERS // len(whole) + 1))
    return "".join(copies)[:CHARACTERS]


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="benchmarks.importing")
    parser.add_argument("--section", action="store_true")
    parser.add_argument("files", nargs="*", type=Path)
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liangyi.config.settings")
    import django

    django.setup()
    speeds = [import_speed(file.read_text(encoding="utf-8")) for file in options.files] or [import_speed()]
    if options.section:
        sys.stdout.write("\n".join([*circumstances(), "", _table(speeds)]) + "\n")
        return
    for found in speeds:
        sys.stdout.write(
            f"{found.characters:,} characters, {found.clauses} clauses, {found.matched} matched: "
            f"{found.reading:.2f} s read and {found.matching:.2f} s matched for each {CHARACTERS:,}\n"
        )


def _table(speeds: Sequence[Speed]) -> str:
    head = "| characters | clauses | matched | s read, each 100,000 | s matched, each 100,000 |"
    rows = [
        f"| {one.characters:,} | {one.clauses:,} | {one.matched:,} | {one.reading:.2f} | {one.matching:.2f} |"
        for one in speeds
    ]
    return "\n".join([head, "| --- | --- | --- | --- | --- |", *rows])


if __name__ == "__main__":
    main()
