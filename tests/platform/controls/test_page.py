"""The page about controls tells true figures. WRITE_DOCS=1 writes them anew."""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

from liangyi.platform.controls.catalogue import Kind, controls

PAGE = Path(__file__).parents[3] / "docs" / "controls.md"
START, END = "<!-- figures -->\n", "<!-- end of figures -->\n"


def _row(name: str, counts: Counter[tuple[str, bool]]) -> str:
    built = sum(n for (_kind, planned), n in counts.items() if not planned)
    cells = [str(counts[kind, False] + counts[kind, True] or "") for kind in Kind]
    return f"| {name} | {' | '.join(cells)} | {built} | {counts.total() - built} |"


def _figures() -> str:
    areas: dict[str, Counter[tuple[str, bool]]] = {}
    for code, control in controls().items():
        areas.setdefault(code.split(".")[0], Counter())[str(control.kind), control.planned] += 1
    rows = [_row(area, counts) for area, counts in sorted(areas.items())]
    head = f"| area | {' | '.join(Kind)} | built | planned |\n|---|{'---|' * (len(Kind) + 2)}"
    return "\n".join([head, *rows, _row("**all**", sum(areas.values(), Counter()))]) + "\n"


def test_figures_on_the_page_are_those_of_the_catalogue() -> None:
    before, _start, rest = PAGE.read_text(encoding="utf-8").partition(START)
    told, end, after = rest.partition(END)
    if os.environ.get("WRITE_DOCS") == "1":
        PAGE.write_text(before + START + _figures() + end + after, encoding="utf-8")
        return
    assert told == _figures(), "run this test with WRITE_DOCS=1"
