"""Every template compiles, and stands on a page: nothing is left over."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.template.loader import get_template

SOURCE = Path(__file__).parents[2] / "src" / "liangyi"
TEMPLATES = {
    str(path.relative_to(folder)): path
    for folder in sorted(SOURCE.rglob("templates"))
    for path in sorted(folder.rglob("*.html"))
}
# What Django and axes look up by name themselves.
LOOKED_UP = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}


@pytest.fixture(scope="module")
def all_text() -> str:
    files = [*SOURCE.rglob("*.py"), *SOURCE.rglob("*.html")]
    return "\n".join(path.read_text() for path in files)


@pytest.mark.parametrize("name", TEMPLATES)
def test_template_compiles(name: str) -> None:
    assert get_template(name).template.source


def _is_named(name: str, text: str) -> bool:
    """In full, or put together from a folder and a quoted word: f"patients/{tab}.html"."""
    folder, _slash, stem = name.removesuffix(".html").rpartition("/")
    whole = f'"{name}"' in text or f"'{name}'" in text
    return whole or (f'f"{folder}/{{' in text and f'"{stem}"' in text)


def test_every_template_is_used(all_text: str) -> None:
    assert [name for name in TEMPLATES if name not in LOOKED_UP and not _is_named(name, all_text)] == []
