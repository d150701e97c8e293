"""Lines that a printer or a mail program broke in the middle of a sentence."""

from __future__ import annotations

from liangyi.domains.governance.rules.markers import marker_at

_ENDS = "。；：！？;:!?.)）】”』|"
_NARROW, _WIDE = 18, 120


def unwrapped(lines: list[str]) -> list[str]:
    """`lines` with full-width lines joined to what they continue; others are as they were.

    A document is taken as broken by width when a good part of its lines are about as wide as the widest
    and stop in the middle of a sentence.
    """
    width = _width(lines)
    if not width:
        return lines
    joined: list[str] = []
    open_line = False
    for line in lines:
        if open_line and marker_at(line, 0) is None and "\t" not in line:
            joined[-1] = _join(joined[-1], line)
        else:
            joined.append(line)
        open_line = len(line) >= width * 0.85 and line[-1] not in _ENDS
    return joined


def _width(lines: list[str]) -> int:
    """The page's width in letters, 0 when lines are paragraphs."""
    lengths = sorted(len(line) for line in lines)
    if len(lengths) < 4:
        return 0
    width = lengths[int(len(lengths) * 0.95) - 1]
    full = sum(1 for line in lines if width * 0.85 <= len(line) <= width * 1.1 and line[-1] not in _ENDS)
    return width if _NARROW <= width <= _WIDE and full * 4 >= len(lines) and lengths[-1] <= width * 1.3 else 0


def _join(first: str, second: str) -> str:
    latin = first[-1].isascii() and second[0].isascii() and first[-1].isalnum() and second[0].isalnum()
    return first + (" " if latin else "") + second
