"""Single records of a control as lines: what happened, to whom it belongs, and where it is shown."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liangyi.platform.controls import catalogue
from liangyi.platform.controls.evidence.records import Item

OUTCOMES: dict[str, tuple[Any, str]] = {
    "passed": (gettext_lazy("通过"), "good"),
    "refused": (gettext_lazy("已拦下"), "danger"),
    "overridden": (gettext_lazy("越过放行"), "waiting"),
    "open": (gettext_lazy("未解除"), "danger"),
    "closed": (gettext_lazy("已解除"), "good"),
    "ran": (gettext_lazy("已监测"), "good"),
    "done": (gettext_lazy("按时完成"), "good"),
    "late": (gettext_lazy("迟办"), "waiting"),
    "missed": (gettext_lazy("未办"), "danger"),
    "pending": (gettext_lazy("未到期"), "quiet"),
    "kept": (gettext_lazy("有记录"), "good"),
    "on_file": (gettext_lazy("在册"), "good"),
    "failing": (gettext_lazy("不合格"), "danger"),
    "counted": (gettext_lazy("已统计"), "info"),
}


@dataclass(frozen=True)
class Record:
    """A single record as a line."""

    at: datetime
    title: str
    more: str
    label: Any
    tone: str
    url: str
    moments: Sequence[datetime] = ()


def lines_of(found: Sequence[Item]) -> list[Record]:
    """The records as lines; runs that found nothing, one after the other, share a line."""
    lines: list[Record] = []
    for is_clean, group in groupby(found, key=_is_clean):
        run = list(group)
        lines += [_runs(run)] if is_clean and len(run) > 1 else [record_of(item) for item in run]
    return lines


def _is_clean(item: Item) -> bool:
    return item.outcome == "ran" and not any(item.facts.values())


def _runs(run: Sequence[Item]) -> Record:
    label, tone = OUTCOMES["ran"]
    title = _("监测运行 %(count)s 次，都没有发现") % {"count": len(run)}
    return Record(run[0].at, title, "", label, tone, "", [item.at for item in run])


def record_of(item: Item) -> Record:
    """A record in words."""
    label, tone = OUTCOMES[item.outcome]
    return Record(item.at, _title(item), _more(item), label, tone, item.url)


def _title(item: Item) -> str:
    if item.outcome == "ran":
        return _("监测运行一次")
    if item.outcome == "counted":
        return _("当天统计")
    known = item.label
    if "decision" in item.facts:
        decision = str(catalogue.decision_title(item.facts["decision"]))
        return f"{decision} · {known}" if known and item.visible else decision
    return known or str(item.facts.get("work", "")) or _("记录")


def _more(item: Item) -> str:
    facts = item.facts
    if item.outcome == "ran":
        return _("发现 %(found)s，新增 %(opened)s，解除 %(closed)s") % facts
    if item.outcome == "counted":
        return f"{facts['numerator']:,} / {facts['denominator']:,}"
    told = [facts.get("reason"), facts.get("work"), facts.get("actor")]
    return " · ".join(str(one) for one in told if one)
