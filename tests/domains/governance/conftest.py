from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from liangyi.domains.governance.rules.reading import Reading, read
from liangyi.platform.access.models import Account
from liangyi.platform.access.queries import actor_for
from liangyi.platform.actors import Actor


@pytest.fixture
def quality(person: Callable[..., Account]) -> Actor:
    return actor_for(person("quality"))


@pytest.fixture
def reception(person: Callable[..., Account]) -> Actor:
    return actor_for(person("reception"))


@pytest.fixture
def surgeon(person: Callable[..., Account]) -> Actor:
    return actor_for(person("surgeon"))


@pytest.fixture(scope="session")
def policy_files(shared_folder: Path) -> list[Path]:
    return sorted((shared_folder / "policies").glob("*.txt"))


@pytest.fixture(scope="session")
def readings(policy_files: list[Path]) -> dict[str, Reading]:
    """The five documents, read, by the first three letters of their names."""
    return {file.name[:3]: read(file.read_text(encoding="utf-8")) for file in policy_files}
