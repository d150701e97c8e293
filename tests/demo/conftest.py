"""A small demo clinic, loaded once for all tests of a module and rolled back after them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from django.apps import apps
from django.db import models, transaction

from liangyi.demo.loading import Loaded, load
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
    digests: dict[str, str]


def small(seed: int = 7) -> Options:
    """Thirty patients and a quarter of a year."""
    return Options(30, 0.25, seed, moment_for(UNTIL, clock.now()))


@contextmanager
def loaded(options: Options) -> Iterator[Demo]:
    """The demo, until the end of the block."""
    with transaction.atomic():
        yield Demo(options, load(options, lambda _percent, _what: None), digests())
        transaction.set_rollback(True)


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


@pytest.fixture(scope="module")
def demo(django_db_setup: None, django_db_blocker: Any) -> Iterator[Demo]:
    """The clinic, for all tests of a module."""
    with django_db_blocker.unblock(), loaded(small()) as made:
        yield made
