"""Every string of the source that a reader can see, by the app it stands in. No xgettext needed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.extract import extract
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[3]
HOME_APP = ROOT / "web" / "shell"
KEYWORDS: dict[str, Any] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}

Text = str | tuple[str, str]


@dataclass
class Wording:
    """One string: the text (a pair where it has a plural), its context, and where it stands."""

    text: Text
    context: str | None
    places: list[str] = field(default_factory=list)

    @property
    def key(self) -> tuple[str, str | None]:
        """What a catalogue keeps it under."""
        return (self.text if isinstance(self.text, str) else self.text[0], self.context)


def wordings_by_app(root: Path = ROOT) -> dict[Path, dict[tuple[str, str | None], Wording]]:
    """The strings of each app's folder; what stands in no app counts as the shell's."""
    found: dict[Path, dict[tuple[str, str | None], Wording]] = defaultdict(dict)
    for path in sorted([*root.rglob("*.py"), *root.rglob("*.html")]):
        if "migrations" in path.parts:
            continue
        app = _app_of(path, root)
        for line, text, context in _strings(path):
            wording = Wording(text, context)
            kept = found[app].setdefault(wording.key, wording)
            if isinstance(kept.text, str):
                kept.text = text
            kept.places.append(f"{path.relative_to(root)}:{line}")
    return dict(found)


def _strings(path: Path) -> Iterator[tuple[int, Text, str | None]]:
    source = path.read_text("utf-8")
    if path.suffix == ".html":
        lines = templatize(source, origin=str(path)).splitlines()
        source = "\n".join(line.strip() for line in lines)
    for line, text, _comments, context in extract("python", BytesIO(source.encode()), KEYWORDS):
        if text and (not isinstance(text, tuple) or text[0]):
            yield line, text if isinstance(text, str) else (text[0], text[1]), context


def _app_of(path: Path, root: Path) -> Path:
    for folder in path.parents:
        if folder == root:
            break
        if (folder / "apps.py").exists():
            return folder
    return HOME_APP
