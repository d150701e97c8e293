"""The policies that come with the product, in its own words, and the controls their clauses are tied to."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parents[1] / "data" / "policies"


@dataclass(frozen=True)
class Bundled:
    """One policy: its text, and by clause number the codes of the controls that carry it out.

    A clause with an empty list is one that no control fits.
    """

    code: str
    title: str
    about: str
    text: str
    links: Mapping[str, Sequence[str]]


@cache
def bundled() -> Mapping[str, Bundled]:
    """Every policy of the pack by its code, in the order of links.toml."""
    given = tomllib.loads((FOLDER / "links.toml").read_text(encoding="utf-8"))
    return {code: _one(code, entry) for code, entry in given.items()}


def _one(code: str, entry: Mapping[str, str | Mapping[str, Sequence[str]]]) -> Bundled:
    text = (FOLDER / f"{code}.txt").read_text(encoding="utf-8")
    links = entry["links"]
    if isinstance(links, str):
        raise TypeError(f"{code}: links must be a table")
    return Bundled(code, text.splitlines()[0], str(entry["about"]), text, links)
