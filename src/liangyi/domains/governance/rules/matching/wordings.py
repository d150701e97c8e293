"""How policies put the rule that a control carries out: sentences of our own, `data/wordings/<area>.txt`.

A file holds `[code]` lines and under each the sentences, one a line.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parents[2] / "data" / "wordings"


@cache
def wordings() -> Mapping[str, tuple[str, ...]]:
    """The sentences of each control, by code."""
    found: dict[str, list[str]] = {}
    for file in sorted(_FOLDER.glob("*.txt")):
        code = ""
        for line in filter(None, file.read_text(encoding="utf-8").splitlines()):
            if line.startswith("["):
                code = line[1:-1]
                found[code] = []
            else:
                found[code].append(line)
    return {code: tuple(sentences) for code, sentences in found.items()}
