"""A small import of visits, and a target that remembers what landed."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from liangyi.platform.imports.fields import Field, choice, flag, moment, text, whole_number
from liangyi.platform.imports.maps import read_map
from liangyi.platform.imports.report import ImportReport
from liangyi.platform.imports.services import Row, run_import

FIELDS = [
    Field("outside_id", text(10), is_required=True),
    Field("starts_at", moment, is_required=True),
    Field("arrived_at", moment),
    Field("status", choice("finished", "no_show"), is_required=True),
    Field("age", whole_number(0, 130)),
    Field("reminded", flag),
    Field("channel", text(10)),
]
MAP: dict[str, Any] = {
    "source": "old",
    "time_zone": "America/Sao_Paulo",
    "formats": ["%Y-%m-%d %H:%M", "iso"],
    "keep": ["area"],
    "fields": {
        "outside_id": {"column": "id"},
        "starts_at": {"column": "start"},
        "arrived_at": {"column": "arrived", "empty": ["-"]},
        "status": {"column": "state", "values": {"done": "finished", "missed": "no_show"}},
        "age": {"column": "age"},
        "channel": {"constant": "phone"},
    },
}
HEADER = "id,start,arrived,state,age,area"


class Kept:
    """Rows by outside id."""

    def __init__(self) -> None:
        self.rows: dict[str, Row] = {}

    def known(self, ids: Collection[str]) -> set[str]:
        return set(ids) & self.rows.keys()

    def save(self, rows: Sequence[Row]) -> None:
        self.rows |= {row.values["outside_id"]: row for row in rows}


def arrival_follows_start(row: Row) -> Iterable[tuple[str, str]]:
    if row.values["arrived_at"] and row.values["arrived_at"].date() != row.values["starts_at"].date():
        yield "arrived_at", "不是同一天"


@pytest.fixture
def kept() -> Kept:
    return Kept()


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def write(*lines: str, encoding: str = "utf-8", header: str = HEADER) -> Path:
        path = tmp_path / "visits.csv"
        path.write_bytes("\n".join([header, *lines, ""]).encode(encoding))
        return path

    return write


@pytest.fixture
def bring(kept: Kept) -> Callable[..., ImportReport]:
    def bring(path: Path, **more: Any) -> ImportReport:
        mapping = read_map(MAP, FIELDS)
        return run_import(
            path, mapping, FIELDS, kept, identity="outside_id", check=arrival_follows_start, **more
        )

    return bring
