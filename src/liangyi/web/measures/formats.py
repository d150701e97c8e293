"""How numbers are written and drawn."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from liangyi.platform.measures.catalogue import Measure

WIDTH, HEIGHT, EDGE = 120, 32, 3


def shown(measure: Measure, value: float | Decimal | None) -> str:
    """`12.3%`, `8.5 分钟`, `3.2 天`; a dash where nothing was counted."""
    if value is None:
        return "–"
    return _worded(measure, number(measure, value))


def number(measure: Measure, value: float | Decimal) -> str:
    """The bare number as a reader sees it: what was computed with one decimal, else none it lacks."""
    seen = float(value) * 100 if measure.kind == "ratio" else float(value)
    text = f"{seen:,.1f}"
    return text if isinstance(value, float) else text.removesuffix(".0")


def unit(measure: Measure) -> str:
    """The unit by itself, for axes and form fields."""
    return _worded(measure, "").strip()


def spark(values: Sequence[float | None]) -> list[str]:
    """The points of a small line chart, one polyline for each unbroken run; a gap stays a gap."""
    known = [value for value in values if value is not None]
    if not known:
        return []
    low, span = min(known), (max(known) - min(known)) or 1
    step = (WIDTH - 2 * EDGE) / max(len(values) - 1, 1)
    runs: list[list[str]] = [[]]
    for index, value in enumerate(values):
        if value is None:
            runs.append([])
            continue
        height = HEIGHT - EDGE - (value - low) / span * (HEIGHT - 2 * EDGE)
        runs[-1].append(f"{EDGE + index * step:.1f},{height:.1f}")
    return [" ".join(run) for run in runs if run]


def _worded(measure: Measure, text: str) -> str:
    patterns = {"ratio": "%(value)s%%", "minutes": _("%(value)s 分钟"), "days": _("%(value)s 天")}
    return patterns[measure.unit] % {"value": text}
