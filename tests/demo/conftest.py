"""A small demo clinic, loaded once for all tests of a run, which only read it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from django.apps import apps
from django.db import models
from tests import databases

from liangyi.demo.loading import Loaded
from liangyi.demo.options import Options, moment_for
from liangyi.platform import clock

UNTIL = date(2026, 11, 21)
OURS = (
    "organisation",
    "catalogue",
    "staff",
    "facilities",
    "patients",
    "scheduling",
    "consultation",
    "governance",
)
# What differs from run to run: random nonces and texts that hold ids.
NOT_COMPARED = {"sealed", "blind", "facts", "key", "refusals", "tokens"}


@dataclass(frozen=True)
class Demo:
    """The clinic as it was loaded."""

    options: Options
    loaded: Loaded


def small(seed: int = 7) -> Options:
    """Thirty patients and a quarter of a year."""
    return Options(30, 0.25, seed, moment_for(UNTIL, clock.now()))


def digests() -> dict[str, str]:
    """For each table its rows without ids, in an order of their own."""
    found = {}
    for label in OURS:
        for model in apps.get_app_config(label).get_models():
            names = [field.attname for field in model._meta.concrete_fields if _is_compared(field)]
            rows = sorted(map(repr, model._default_manager.values_list(*names))) if names else []
            found[model.__name__] = sha256("\n".join(rows).encode()).hexdigest()
    return found


def _is_compared(field: models.Field[Any, Any]) -> bool:
    return not isinstance(field, models.UUIDField | models.ForeignKey) and field.name not in NOT_COMPARED


@pytest.fixture(scope="session")
def demo_database(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, Demo]:
    """The clinic's database and what was loaded into it."""
    options = small()
    with django_db_blocker.unblock():
        name, loaded = databases.with_demo(options, databases.run_folder(tmp_path_factory))
    return name, Demo(options, loaded)


@pytest.fixture(scope="module")
def demo(demo_database: tuple[str, Demo], django_db_blocker: Any) -> Iterator[Demo]:
    """The clinic, for all tests of a module."""
    name, made = demo_database
    with django_db_blocker.unblock(), databases.working_in(name):
        yield made
