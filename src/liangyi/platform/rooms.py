"""Loads the rooms of an app that register something, when Django starts."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec

from django.apps import AppConfig

ROOMS = ("permissions", "subjects", "controls", "measures", "work", "notices", "handlers", "tasks")


def autoload(app: AppConfig) -> None:
    """Import those of ROOMS that `app` has; call it from the app's ready()."""
    for room in ROOMS:
        if find_spec(f"{app.name}.{room}") is not None:
            import_module(f"{app.name}.{room}")
