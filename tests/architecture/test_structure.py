"""The map of the house, held against the code."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Model

SOURCE = Path(__file__).parents[2] / "src" / "liangyi"
TIERS = {
    "organisation": 0,
    "catalogue": 1,
    "patients": 1,
    "staff": 2,
    "facilities": 3,
    "scheduling": 4,
    "supply": 4,
    "records": 5,
    "consultation": 6,
    "pharmacy": 6,
    "procedures": 7,
    "followup": 8,
    "billing": 8,
    "feedback": 9,
    "outreach": 9,
    "finance": 10,
    "quality": 11,
    "performance": 12,
    "governance": 13,
}
ROOMS = {
    "handlers",
    "controls",
    "tasks",
    "measures",
    "services",
    "queries",
    "permissions",
    "models",
    "rules",
    "events",
    "decisions",
    "errors",
    "enums",
    "subjects",
    "work",
    "notices",
    "apps",
    "data",
    "migrations",
    "locale",
    "management",
}


def _our_models() -> Iterator[type[Model]]:
    return (model for model in apps.get_models() if model.__module__.startswith("liangyi."))


def _tier(model: type[Model]) -> int:
    return TIERS.get(model._meta.app_label, -1)


def _python_files(folder: Path) -> list[Path]:
    return [path for path in sorted(folder.rglob("*.py")) if "migrations" not in path.parts]


def test_every_domain_has_its_tier() -> None:
    folders = {path.parent.name for path in (SOURCE / "domains").glob("*/apps.py")}
    assert folders == set(TIERS)


def test_foreign_keys_point_down_only() -> None:
    upward = [
        f"{model._meta.label}.{field.name} -> {field.related_model._meta.label}"
        for model in _our_models()
        for field in model._meta.get_fields()
        if field.concrete and field.related_model and field.related_model is not model
        if model._meta.app_label != field.related_model._meta.app_label
        and _tier(field.related_model) >= _tier(model) > -1
    ]
    assert upward == []


def test_platform_points_to_no_domain() -> None:
    wrong = [
        f"{model._meta.label}.{field.name}"
        for model in _our_models()
        if _tier(model) == -1
        for field in model._meta.get_fields()
        if field.concrete and field.related_model and _tier(field.related_model) > -1
    ]
    assert wrong == []


def test_domains_have_the_same_rooms() -> None:
    strangers = [
        str(path.relative_to(SOURCE))
        for domain in TIERS
        for path in (SOURCE / "domains" / domain).iterdir()
        if path.stem not in ROOMS | {"__init__", "__pycache__"}
    ]
    assert strangers == []


@pytest.mark.parametrize("path", _python_files(SOURCE / "domains"), ids=lambda p: "/".join(p.parts[-2:]))
def test_domain_knows_no_http_and_no_wall_clock(path: Path) -> None:
    tree = ast.parse(path.read_text())
    imported = {
        name
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert not {name for name in imported if name.startswith(("django.http", "django.shortcuts", "ninja"))}
    if path.stem in {"rules", "enums", "events", "decisions"} or "rules" in path.parts:
        assert not {name for name in imported if name.startswith("django.db") and path.stem == "rules"}
    if path.stem not in {"tasks"} and "management" not in path.parts:
        assert "timezone.now(" not in path.read_text()
        assert "clock.now(" not in path.read_text()


@pytest.mark.parametrize("path", _python_files(SOURCE), ids=lambda p: "/".join(p.parts[-3:]))
def test_file_and_functions_keep_their_size(path: Path) -> None:
    text = path.read_text()
    assert text.count("\n") <= 500
    long = [
        f"{node.name}: {node.end_lineno - node.lineno + 1}"
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        if (node.end_lineno or 0) - node.lineno + 1 > 50
    ]
    assert long == []
