"""Health, kinds and figures of controls in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from liangyi.platform.controls.catalogue import Control, Kind, controls
from liangyi.platform.controls.evidence.rules import Health, Tally
from liangyi.platform.controls.proofs import Counted, Kept, is_register, proofs
from liangyi.platform.measures.catalogue import measures
from liangyi.web.measures import formats

HEALTHS: Mapping[str, tuple[Any, str]] = {
    Health.IN_BREACH: (_("有违规"), "danger"),
    Health.UNPROVEN: (_("待证实"), "waiting"),
    Health.CARRIED_OUT: (_("已落实"), "good"),
    Health.NOTHING: (_("尚无"), "quiet"),
}
WAYS: Mapping[str, Any] = {
    Kind.GATE: _("闸口"),
    Kind.WATCH: _("监测"),
    Kind.DUTY: _("例行"),
    Kind.MEASURE: _("指标"),
    Kind.CHECK: _("核查"),
    Kind.RECORD: _("留痕"),
    "nothing": _("尚无"),
}
_COUNTS: Mapping[str, Sequence[tuple[str, Any, str]]] = {
    Kind.GATE: (
        ("passed", _("通过"), ""),
        ("refused", _("拦下"), ""),
        ("overridden", _("越过"), "waiting"),
        ("standing", _("未解除违规"), "danger"),
    ),
    Kind.WATCH: (
        ("runs", _("运行次数"), ""),
        ("opened", _("新发现"), "waiting"),
        ("closed", _("已解除"), ""),
        ("standing", _("未解除违规"), "danger"),
    ),
    Kind.DUTY: (
        ("done", _("按时完成"), ""),
        ("late", _("迟办"), "waiting"),
        ("missed", _("未办"), "danger"),
        ("standing", _("逾期未办"), "danger"),
    ),
    Kind.CHECK: (("kept", _("合格"), ""), ("failing", _("不合格"), "danger")),
    Kind.RECORD: (("kept", _("有记录"), ""), ("failing", _("缺项"), "danger")),
}
# Shown even when they are nought: without them the figures would say too little.
_ALWAYS = {"passed", "refused", "runs", "standing", "done", "kept"}


@dataclass(frozen=True)
class Figure:
    """A number with its name; `tone` only where there is something to look at."""

    label: Any
    value: str
    tone: str = ""


@dataclass(frozen=True)
class HealthShown:
    """A health in words and colour."""

    code: str
    label: Any
    tone: str


@dataclass(frozen=True)
class Way:
    """A control as an icon and words."""

    code: str
    kind: str
    kind_label: Any
    title: Any
    is_planned: bool


def health_shown(health: str) -> HealthShown:
    """A health in words."""
    label, tone = HEALTHS[health]
    return HealthShown(str(health), label, tone)


def way_of(code: str) -> Way:
    """A control by its code; one that has left the catalogue stands for itself."""
    control = controls().get(code)
    if control is None:
        return Way(code, "nothing", WAYS["nothing"], code, False)
    kind = str(control.kind)
    return Way(code, kind, WAYS[kind], control.title, control.planned)


def figures_of(control: Control | None, tally: Tally) -> list[Figure]:
    """The figures of a control; a planned one has none."""
    if control is None or control.planned:
        return []
    if control.kind == Kind.MEASURE:
        return _measured(control, tally)
    counts = tally.figures
    if is_register(control.code):
        return [Figure(_("在册"), _in_days(counts.get("kept", 0)))]
    is_kept = control.kind == Kind.DUTY and isinstance(proofs().get(control.code), Kept)
    words = _COUNTS[Kind.RECORD if is_kept else str(control.kind)]
    shown = [(name, label, tone, counts.get(name, 0)) for name, label, tone in words]
    return [
        Figure(label, f"{count:,}", tone if count else "")
        for name, label, tone, count in shown
        if (count or name in _ALWAYS) and not _is_said_already(control, name, counts)
    ]


def _in_days(count: int) -> str:
    """A register is proved by the day, not by the number of its entries."""
    return ngettext("%(count)s 天", "%(count)s 天", count) % {"count": f"{count:,}"}


def _is_said_already(control: Control, name: str, counts: Mapping[str, int]) -> bool:
    """What stands open matters for watches and duties; work that is overdue need not be called missed too."""
    if name == "standing":
        return control.kind == Kind.GATE and not counts.get(name)
    return name == "missed" and counts.get("missed") == counts.get("standing")


def _measured(control: Control, tally: Tally) -> list[Figure]:
    proof = proofs().get(control.code)
    measure = measures().get(proof.measure) if isinstance(proof, Counted) else None
    if measure is None:
        return []
    off = "danger" if tally.failures else ""
    found = [Figure(measure.title, formats.shown(measure, tally.value), off)]
    if tally.target is not None:
        found.append(Figure(_("目标"), formats.shown(measure, tally.target)))
    return [*found, Figure(_("样本"), f"{tally.figures.get('denominator', 0):,}")]
