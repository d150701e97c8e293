"""Lists of words of the policies' language, kept as data."""

from __future__ import annotations

from pathlib import Path

_FOLDER = Path(__file__).parents[1] / "data"


def lines(name: str) -> list[str]:
    """The lines of `data/<name>.txt` that say something."""
    found = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").splitlines()
    return [line for line in found if line.strip()]


def words(name: str) -> tuple[str, ...]:
    """The words of `data/<name>.txt`, longest first, so that the first to match is the right one."""
    found = (_FOLDER / f"{name}.txt").read_text(encoding="utf-8").split()
    return tuple(sorted(set(found), key=len, reverse=True))
