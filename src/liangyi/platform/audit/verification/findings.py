"""What a verification can find."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

KINDS = {
    "history_changed": _("历史记录被改动"),
    "history_removed": _("历史记录被删除"),
    "history_inserted": _("已封存的时段里多出历史记录"),
    "read_changed": _("查阅记录被改动"),
    "read_removed": _("查阅记录被删除"),
    "read_inserted": _("已封存的时段里多出查阅记录"),
    "seal_broken": _("封存链断开"),
    "mirror_missing": _("库外的封存副本不见了或不完整"),
    "mirror_differs": _("封存链与库外副本不一致"),
    "row_edited": _("数据绕过触发器被改动"),
    "row_without_history": _("数据没有历史记录"),
    "row_gone": _("数据绕过触发器被删除"),
    "trigger_off": _("历史触发器缺失或被停用"),
}


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong: `table` and `row` say where, `detail` which history id or seal."""

    kind: str
    table: str
    row: str = ""
    detail: str = ""

    def __str__(self) -> str:
        return " ".join(part for part in (str(KINDS[self.kind]), self.table, self.row, self.detail) if part)


@dataclass(frozen=True)
class Tail:
    """What no seal covers yet: how many rows, since when."""

    source: str
    rows: int
    oldest: datetime | None


@dataclass
class Report:
    """The outcome: nothing found means that all agree."""

    findings: list[Finding] = field(default_factory=list)
    tails: list[Tail] = field(default_factory=list)
    seals: int = 0
    sealed_rows: int = 0
    tables: int = 0
    rows: int = 0

    @property
    def is_clean(self) -> bool:
        return not self.findings

    def as_json(self) -> dict[str, Any]:
        """Plain values, stable names."""
        tails = [asdict(t) | {"oldest": t.oldest and t.oldest.isoformat()} for t in self.tails]
        return asdict(self) | {"tails": tails, "clean": self.is_clean}
