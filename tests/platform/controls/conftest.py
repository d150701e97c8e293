"""A decision and its gates that only the tests know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import pytest

from liangyi.platform.controls import catalogue
from liangyi.platform.controls.catalogue import Control, Kind, Parameter, Settings
from liangyi.platform.errors import Refusal


@dataclass(frozen=True)
class OpenDoor:
    """Somebody wants a door opened."""

    site: UUID
    at: datetime
    age: int = 30
    has_key: bool = True


GROWN_UP = Control(
    "door.grown_up", Kind.GATE, "成年", "", parameters=(Parameter("age", "integer", 18, "岁", "年龄"),)
)
KEY = Control("door.key", Kind.GATE, "有钥匙", "", overridable_by=("director",))


@pytest.fixture
def doors(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Two gates at OpenDoor: an age that cannot, and a key that can be set aside by the director."""
    monkeypatch.setattr(catalogue, "_controls", dict(catalogue.controls()))
    monkeypatch.setattr(catalogue, "_gates", catalogue._gates.copy())
    monkeypatch.setattr(catalogue, "_watches", {})

    @catalogue.gate(GROWN_UP, OpenDoor)
    def grown_up(decision: OpenDoor, settings: Settings) -> Refusal | None:
        if decision.age >= settings["age"]:
            return None
        return Refusal("", "未满年龄", {"age": decision.age}, remedy="等长大")

    @catalogue.gate(KEY, OpenDoor)
    def with_key(decision: OpenDoor) -> Refusal | None:
        return None if decision.has_key else Refusal("", "没有钥匙", remedy_url="/keys/")

    return
