"""The figures as tables, and docs/performance.md, a section a part."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from benchmarks.load import Measured

BEST_KNOWN = {
    "slots for a day": 332,
    "booking": 308,
    "search by phone": 646,
    "search by part of name": 197,
    "day list": 94,
}
BUSY = 2  # jobs a core: the measurement itself makes fewer over a quarter of an hour
HEAD = (
    "request",
    "clients",
    "p50 ms",
    "p95 ms",
    "per second",
    "statements",
    "statements alone: p50 ms",
    "per second",
    "times the floor",
    "best known",
)


@dataclass(frozen=True)
class Line:
    """One scenario: over HTTP and as bare statements, with each number of clients."""

    name: str
    statements: float
    web: Sequence[Measured]
    bare: Sequence[Measured]


def as_table(lines: Sequence[Line]) -> str:
    """A Markdown table, one row a scenario and number of clients."""
    rows = [HEAD, tuple("---" for _ in HEAD)]
    rows += [_row(line, lines[0], place) for line in lines for place in range(len(line.web))]
    return "\n".join("| " + " | ".join(row) + " |" for row in rows)


def _row(line: Line, empty: Line, place: int) -> tuple[str, ...]:
    web, bare = line.web[place], line.bare[place]
    known = BEST_KNOWN.get(line.name) if web.clients == 8 else None
    return (
        line.name,
        str(web.clients),
        f"{web.percentile(50):.1f}",
        f"{web.percentile(95):.1f}",
        f"{_good(web):.0f}",
        f"{line.statements:.1f}",
        f"{bare.percentile(50):.2f}",
        f"{bare.per_second:.0f}",
        "" if line is empty else f"{_times_the_floor(web, bare, empty.web[place]):.2f}",
        str(known or ""),
    )


def _good(web: Measured) -> float:
    """Answers a second that were what was asked for: a lost race for a slot is not."""
    good = sum(count for status, count in web.statuses.items() if status < 300)
    return web.per_second * good / max(len(web.milliseconds), 1)


def _times_the_floor(web: Measured, bare: Measured, empty: Measured) -> float:
    floor = empty.percentile(50) + bare.percentile(50)
    return web.percentile(50) / floor if floor else 0.0


def circumstances() -> list[str]:
    """When and where something was measured, and what else the machine did."""
    load = os.getloadavg()[2]
    beside = "; other work was running beside" if load > BUSY * (os.cpu_count() or 1) else ""
    return [
        f"- measured {datetime.now(UTC):%Y-%m-%d %H:%M} UTC, load average of 15 minutes {load:.1f}{beside}",
        f"- {_processor()}, {os.cpu_count()} cores, {_memory()} GB of memory; the clients run there too",
        f"- Python {platform.python_version()}, Django {version('django')}, granian {version('granian')},"
        " embedded PostgreSQL",
    ]


def with_sections(document: str, found: Mapping[str, str], order: Sequence[str]) -> str:
    """The page with these sections in place of the old ones; what was not measured stays."""
    head, *rest = re.split(r"^## ", document, flags=re.MULTILINE)
    kept = {title: body.strip() for title, _line, body in (one.partition("\n") for one in rest)}
    kept |= {title: _with_remarks(kept.get(title, ""), figures) for title, figures in found.items()}
    titles = [*order, *(title for title in kept if title not in order)]
    sections = [f"## {title}\n\n{kept[title]}" for title in titles if title in kept]
    return "\n\n".join([head.strip(), *sections]) + "\n"


def _with_remarks(old: str, figures: str) -> str:
    """What was written by hand above the figures stays."""
    remarks = old.partition("- measured")[0].strip()
    return f"{remarks}\n\n{figures.strip()}".strip()


def _processor() -> str:
    names = [
        line.partition(":")[2].strip()
        for line in Path("/proc/cpuinfo").read_text().splitlines()
        if line.startswith("model name")
    ]
    return names[0] if names else platform.machine()


def _memory() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30)
