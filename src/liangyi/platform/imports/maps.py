"""Map files: which column of somebody else's file becomes which field of ours.

source = "vitoria"                      # the name its rows are kept under
title = "维多利亚公立门诊"
time_zone = "America/Sao_Paulo"         # of times without an offset; default Asia/Shanghai
precision = "minute"                    # or "day": how exact times are known
formats = ["%Y-%m-%d %H:%M:%S", "iso"]  # tried in order; default iso
empty = ["", "NULL"]                    # texts that mean nothing is known; default the empty text
keep = ["Neighbourhood"]                # columns kept beside the record as they are

[fields.status]
column = "No_show"
values = { Yes = "no_show", No = "finished" }   # "*" stands for all other texts

[fields.starts_at]
column = "AppointmentDay"
formats = ["%Y-%m-%d"]                  # time_zone, precision and empty can be set for a field too
precision = "day"

[fields.channel]
constant = "phone"
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from liangyi.platform.clock import HOME_ZONE
from liangyi.platform.imports.errors import MapUnusable
from liangyi.platform.imports.fields import Field
from liangyi.platform.imports.rules import PRECISIONS, Precision, Rule

_SHARED: Mapping[str, type] = {"time_zone": str, "precision": str, "formats": list, "empty": list}
_OF_FILE: Mapping[str, type] = {"source": str, "title": str, "keep": list, "fields": dict, **_SHARED}
_OF_FIELD: Mapping[str, type] = {"column": str, "constant": str, "values": dict, **_SHARED}


@dataclass(frozen=True)
class ImportMap:
    """A map file as read. `rules` are by field name."""

    source: str
    title: str
    rules: Mapping[str, Rule]
    keep: tuple[str, ...] = ()

    @property
    def columns(self) -> frozenset[str]:
        """The columns a file must have."""
        return frozenset(rule.column for rule in self.rules.values() if rule.column) | frozenset(self.keep)


def load_map(path: Path, fields: Sequence[Field], *, time_zone: str = HOME_ZONE) -> ImportMap:
    """Read a map for these fields; raises MapUnusable saying what is wrong with it.

    `time_zone` is that of times without an offset where the map names none.
    """
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise MapUnusable(f"{path.name}: {problem}") from problem
    return read_map({"time_zone": time_zone} | given, fields)


def read_map(given: Mapping[str, Any], fields: Sequence[Field]) -> ImportMap:
    """The map in a parsed TOML document; raises MapUnusable."""
    _check_keys(given, _OF_FILE, "")
    source = given.get("source", "")
    if not re.fullmatch(r"[a-z][a-z0-9_-]{0,39}", source):
        raise MapUnusable(_("source 应是小写字母开头的短名称，只含字母、数字、- 和 _"))
    rules = {name: _rule(name, rule, given) for name, rule in given.get("fields", {}).items()}
    _check_fields(rules, fields)
    return ImportMap(source, given.get("title", source), rules, tuple(given.get("keep", ())))


def _check_fields(rules: Mapping[str, Rule], fields: Sequence[Field]) -> None:
    unknown = sorted(rules.keys() - {known.name for known in fields})
    if unknown:
        raise MapUnusable(_("没有这些字段：%(names)s") % {"names": "、".join(unknown)})
    missing = [wanted.name for wanted in fields if wanted.is_required and wanted.name not in rules]
    if missing:
        raise MapUnusable(_("缺少必需的字段：%(names)s") % {"names": "、".join(missing)})


def _rule(name: str, given: Any, shared: Mapping[str, Any]) -> Rule:
    if not isinstance(given, dict):
        raise MapUnusable(f"fields.{name}")
    _check_keys(given, _OF_FIELD, f"fields.{name}.")
    if ("column" in given) == ("constant" in given):
        raise MapUnusable(_("fields.%(name)s 应有 column 或 constant 其中之一") % {"name": name})
    of = {key: given.get(key, shared.get(key)) for key in _SHARED}
    return Rule(
        name=name,
        column=given.get("column", ""),
        constant=given.get("constant", ""),
        values={str(key): str(value) for key, value in given.get("values", {}).items()},
        formats=tuple(of["formats"] or ("iso",)),
        empty=frozenset(of["empty"] or ()) | {""},
        zone=_zone(of["time_zone"] or HOME_ZONE),
        precision=_precision(name, of["precision"] or "minute"),
    )


def _precision(name: str, given: str) -> Precision:
    for known in PRECISIONS:
        if given == known:
            return known
    raise MapUnusable(f"fields.{name}.precision: {given}")


def _check_keys(given: Mapping[str, Any], known: Mapping[str, type], place: str) -> None:
    for key, value in given.items():
        if key not in known:
            raise MapUnusable(_("不认识的设置：%(key)s") % {"key": place + key})
        if not isinstance(value, known[key]):
            raise MapUnusable(_("%(key)s 的类型不对") % {"key": place + key})


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as problem:
        raise MapUnusable(_("没有这个时区：%(name)s") % {"name": name}) from problem
