from __future__ import annotations

from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from liangyi.platform.imports.errors import MapUnusable
from liangyi.platform.imports.maps import load_map, read_map

from .conftest import FIELDS, MAP


def changed(**more: Any) -> dict[str, Any]:
    return {**MAP, **more}


def with_field(name: str, rule: Any) -> dict[str, Any]:
    return {**MAP, "fields": {**MAP["fields"], name: rule}}


def test_field_has_the_files_settings_unless_it_has_its_own() -> None:
    rules = read_map(
        with_field("starts_at", {"column": "d", "precision": "day", "formats": ["%d"]}), FIELDS
    ).rules
    assert (rules["starts_at"].precision, rules["starts_at"].formats) == ("day", ("%d",))
    assert rules["arrived_at"].precision == "minute"
    assert rules["starts_at"].zone == rules["arrived_at"].zone == ZoneInfo("America/Sao_Paulo")


def test_map_needs_its_columns_and_the_kept_ones() -> None:
    assert read_map(MAP, FIELDS).columns == {"id", "start", "arrived", "state", "age", "area"}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (changed(source="Old Clinic"), "source"),
        (changed(source=""), "source"),
        (changed(surprise=1), "surprise"),
        (changed(keep="area"), "keep"),
        (changed(time_zone="Mars/Olympus"), "Mars"),
        (changed(precision="hour"), "hour"),
        (changed(fields={}), "outside_id"),
        (with_field("unheard", {"column": "x"}), "unheard"),
        (with_field("age", {"column": "x", "constant": "1"}), "age"),
        (with_field("age", {}), "age"),
        (with_field("age", "x"), "age"),
        (with_field("age", {"colum": "x"}), "colum"),
    ],
)
def test_map_that_is_not_clear_is_refused(given: dict[str, Any], message: str) -> None:
    with pytest.raises(MapUnusable, match=message):
        read_map(given, FIELDS)


def test_values_can_name_all_others() -> None:
    rule = {"column": "s", "values": {"done": "finished", "void": "", "*": "no_show"}}
    status = read_map(with_field("status", rule), FIELDS).rules["status"]
    assert [status.text_of({"s": s}) for s in ("done", "else", "void", "")] == [
        "finished",
        "no_show",
        None,
        None,
    ]


def test_map_file_is_read_as_toml(tmp_path: Path) -> None:
    path = tmp_path / "map.toml"
    path.write_text('source = "x"\n[fields]\nouside', encoding="utf-8")
    with pytest.raises(MapUnusable, match=r"map\.toml"):
        load_map(path, FIELDS)
    with pytest.raises(MapUnusable):
        load_map(tmp_path / "none.toml", FIELDS)
