"""Names in the reader's language."""

from __future__ import annotations

from typing import Protocol

from django.utils.translation import get_language


class Named(Protocol):
    name: str
    name_en: str


def name_of(thing: Named) -> str:
    """The English name for a reader of English, where there is one."""
    is_english = (get_language() or "").startswith("en")
    return (thing.name_en if is_english else "") or thing.name
