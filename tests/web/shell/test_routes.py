"""Every address of the product says who may open it: deny by default."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import URLPattern, get_resolver

from liangyi.platform.access.registry import permissions


def views(patterns: Any, under: str = "") -> Iterator[tuple[str, Any]]:
    """Every address below `patterns` with its view; REST declares its own permissions."""
    for entry in patterns:
        address = under + str(entry.pattern)
        if isinstance(entry, URLPattern):
            yield address, entry.callback
        elif not address.startswith("api/"):
            yield from views(entry.url_patterns, address)


def routes() -> list[tuple[str, Any]]:
    return list(views(get_resolver("liangyi.config.urls").url_patterns))


def test_every_view_is_declared() -> None:
    assert [address for address, view in routes() if not hasattr(view, "is_public")] == []


def test_every_view_asks_for_a_permission_that_exists() -> None:
    asked = {view.permission for _address, view in routes() if getattr(view, "permission", None)}
    assert asked - set(permissions()) == set()
