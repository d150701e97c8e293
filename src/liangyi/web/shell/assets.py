"""Where the built front end's files are."""

from __future__ import annotations

from functools import cache

from django.templatetags.static import static
from django_vite.core.asset_loader import DjangoViteAssetLoader
from django_vite.core.exceptions import DjangoViteAssetNotFoundError

ICONS = "icons.svg"


@cache
def asset_url(name: str) -> str:
    """The address of a built file; without a build, where it would stand."""
    try:
        return str(DjangoViteAssetLoader.instance().generate_vite_asset_url(name))
    except DjangoViteAssetNotFoundError:
        return static(f"dist/{name}")


def sprite_url() -> str:
    """The address of the icon sprite."""
    return asset_url(ICONS)
