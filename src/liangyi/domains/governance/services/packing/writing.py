"""Writing a pack: records first, then the tables, the summary, and what proves them all."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from liangyi.domains.governance.models import Clause, Pack
from liangyi.domains.governance.queries import packing as queries
from liangyi.domains.governance.queries.evidence import ClauseHealth
from liangyi.domains.governance.queries.packing import Change, Scope
from liangyi.domains.governance.queries.packs import chosen_clauses
from liangyi.domains.governance.rules.packing import (
    BOM,
    HEALTHS,
    OUTCOMES,
    WAYS,
    csv_line,
    figures_in_words,
    masked,
    record_file,
)
from liangyi.domains.governance.services.packing.summary import (
    named,
    parameters_in_words,
    summary_data,
    way_in_words,
)
from liangyi.platform.actors import Actor
from liangyi.platform.controls.evidence.records import Item
from liangyi.platform.controls.proofs import is_register
from liangyi.platform.documents import pdf
from liangyi.platform.documents.archives import MANIFEST, PUBLIC_KEY, SIGNATURE, Archive
from liangyi.platform.documents.encryption import Sink
from liangyi.platform.documents.signing import Signer
from liangyi.platform.documents.spool import Spool

TEMPLATE = Path(__file__).parents[2] / "data" / "evidence_pack.typ"
PRODUCT = "Liangyi 良医"


@dataclass(frozen=True)
class _Making:
    """What is being written, for whom, and where."""

    archive: Archive
    scope: Scope
    reader: Actor
    zone: ZoneInfo
    lines: Spool
    counts: dict[str, int]

    def local(self, at: datetime) -> str:
        """A moment by the site's clock, to the second."""
        return at.astimezone(self.zone).strftime("%Y-%m-%d %H:%M:%S")


def write_pack(
    out: Sink, pack: Pack, reader: Actor, signer: Signer, *, at: datetime, progress: Callable[[int], None]
) -> None:
    """Write the whole pack to `out`. What it holds at a time is a page of records, whatever its size."""
    clauses = chosen_clauses(reader, pack.clauses)
    scope = queries.scope_of(reader, pack.site, clauses, pack.first_day, pack.last_day, at)
    with Spool() as lines:
        making = _Making(Archive(out, at=at), scope, reader, ZoneInfo(pack.site.time_zone), lines, {})
        lines.write(BOM.encode() + csv_line(_evidence_head()))
        _write_records(making, progress)
        _write_tables(making)
    facts = _facts(pack, making)
    making.archive.add("summary.pdf", pdf.render(TEMPLATE, summary_data(pack, scope, making.counts, facts)))
    making.archive.add("README.txt", (BOM + _readme()).encode())
    making.archive.finish(signer, facts)


def _write_records(making: _Making, progress: Callable[[int], None]) -> None:
    """A file of records for each control, once however many clauses share it."""
    for number, clause in enumerate(making.scope.clauses, start=1):
        for one in making.scope.healths[clause.identity].controls:
            if one.code not in making.counts:
                making.counts[one.code] = _write_control(making, one.code)
        progress(number)


def _write_control(making: _Making, code: str) -> int:
    count = 0
    with making.archive.entry(record_file(code)) as entry:
        entry.write(b"[")
        for page in queries.record_pages(making.reader, code, making.scope):
            changes = queries.changes_of(code, page)
            lines = []
            for item in page:
                lines.append(_record(making, code, item, changes))
                making.lines.write(csv_line(_evidence_cells(making, code, item)))
            entry.write((",\n" if count else "\n").encode() + ",\n".join(lines).encode())
            count += len(page)
        entry.write(b"\n]\n")
    return count


def _record(making: _Making, code: str, item: Item, changes: Mapping[Any, list[Change]]) -> str:
    """One record as JSON: what happened, to what, and what the history holds of it."""
    table = queries.table_of(code, item)
    history = changes.get(item.record, []) if item.record else []
    whole = table in queries.WHOLE
    content = {
        "at": making.local(item.at),
        "outcome": item.outcome,
        "subject": {"type": item.subject_type, "id": item.subject_id, "label": _label(item)},
        "facts": masked(dict(item.facts)),
        "record": {
            "table": table,
            "id": item.record,
            "row": masked(history[-1].new) if whole and history else None,
            "history": [
                {
                    "at": making.local(one.at),
                    "op": one.op,
                    "by": one.who,
                    "reason": masked(one.reason),
                    "fields": one.fields,
                }
                for one in history
            ],
        },
    }
    return json.dumps(content, ensure_ascii=False, default=str)


def _label(item: Item) -> str:
    """As an inspector sees it: who and what it is about stays closed where they may not look."""
    return str(masked(item.label)) if item.visible else ""


def _evidence_head() -> list[str]:
    return [
        _("控制"),
        _("名称"),
        _("方式"),
        _("时间"),
        _("结果"),
        _("对象类型"),
        _("对象编号"),
        _("对象"),
        _("记录编号"),
        _("文件"),
    ]


def _evidence_cells(making: _Making, code: str, item: Item) -> list[Any]:
    control = making.scope.controls[code].control
    return [
        code,
        control.title if control else code,
        WAYS.get(str(control.kind), "") if control else "",
        making.local(item.at),
        OUTCOMES.get(item.outcome, item.outcome),
        item.subject_type,
        item.subject_id or "",
        _label(item),
        item.record or "",
        record_file(code),
    ]


def _write_tables(making: _Making) -> None:
    archive, scope = making.archive, making.scope
    with archive.entry("evidence.csv") as entry:
        for piece in making.lines.content():
            entry.write(piece)
    with archive.entry("clauses.csv") as entry:
        head = [_("制度"), _("版本"), _("编号"), _("位置"), _("类型"), _("条款"), _("状态"), _("怎样落实")]
        entry.write(BOM.encode() + csv_line([*head, _("控制"), _("参数")]))
        for clause in scope.clauses:
            entry.write(csv_line(_clause_cells(clause, scope.healths[clause.identity], scope)))
    with archive.entry("controls.csv") as entry:
        head = [_("控制"), _("名称"), _("方式"), _("说明"), _("依据"), _("状态"), _("证据数"), _("不符数")]
        entry.write(BOM.encode() + csv_line([*head, _("数字"), _("记录数"), _("参数")]))
        for code in scope.controls:
            entry.write(csv_line(_control_cells(code, making)))
    with archive.entry("history.csv") as entry:
        head = [_("时间"), _("制度"), _("编号"), _("控制"), _("改动"), _("原状态"), _("新状态"), _("谁")]
        entry.write(BOM.encode() + csv_line([*head, _("原因")]))
        for clause, change in queries.match_changes(scope.clauses):
            entry.write(csv_line(_change_cells(making, clause, change)))


def _clause_cells(clause: Clause, health: ClauseHealth, scope: Scope) -> list[Any]:
    return [
        clause.version.policy.title,
        clause.version.number,
        clause.number,
        " › ".join(clause.path),
        clause.get_kind_display(),
        clause.text.strip(),
        HEALTHS[health.health],
        way_in_words(health),
        " ".join(one.code for one in health.controls),
        "; ".join(parameters_in_words(health, scope)),
    ]


def _control_cells(code: str, making: _Making) -> list[Any]:
    one = making.scope.controls[code]
    control = one.control
    return [
        code,
        control.title if control else code,
        WAYS.get(str(control.kind), "") if control else "",
        control.description if control else "",
        control.source if control else "",
        HEALTHS[one.health],
        one.tally.proofs,
        one.tally.failures,
        figures_in_words(one.tally.figures, is_register=is_register(one.code)),
        making.counts.get(code, 0),
        "; ".join(f"{name}={value}" for name, value in making.scope.settings.get(code, {}).items()),
    ]


def _change_cells(making: _Making, clause: Clause, change: Change) -> list[Any]:
    old, new = change.old or {}, change.new or {}
    ops = {"I": _("新增"), "U": _("修改"), "D": _("撤销")}
    return [
        making.local(change.at),
        clause.version.policy.title,
        clause.number,
        new.get("control", old.get("control", "")),
        ops.get(change.op, change.op),
        old.get("state", ""),
        new.get("state", ""),
        change.who,
        masked(change.reason),
    ]


def _facts(pack: Pack, making: _Making) -> dict[str, Any]:
    """What the manifest says about the pack as a whole."""
    scope = making.scope
    return {
        "kind": "evidence",
        "product": PRODUCT,
        "version": version("liangyi"),
        "title": pack.title,
        "site": {"id": str(scope.site.id), "name": named(scope.site, making.reader.language)},
        "period": {"first": scope.first.isoformat(), "last": scope.last.isoformat()},
        "made_at": making.local(scope.at),
        "time_zone": scope.site.time_zone,
        "made_by": pack.requested_by.display_name if pack.requested_by else "",
        "clauses": len(scope.clauses),
        "controls": len(scope.controls),
        "records": sum(making.counts.values()),
        "audit": queries.audit_head(),
    }


def _readme() -> str:
    """How to read the pack, and how to check it with us or without."""
    files = f"-inkey {PUBLIC_KEY} -rawin -in {MANIFEST} -sigfile {SIGNATURE}"
    return "\n\n".join(
        [
            _("这是一份证据包。summary.pdf 是摘要；四个 .csv 可以用表格软件打开。"),
            _("records 里是每项控制的逐条记录，个人信息已隐去。"),
            _("manifest.json 列出每个文件的 SHA-256，manifest.sig 是它的 Ed25519 签名。"),
            _("核验（任何一个字节的改动都会指出来）：liangyi verify_pack 文件 --fingerprint 公钥指纹"),
            _("公钥指纹请与诊所页面上显示的核对。没有良医时，可以用 openssl 核对签名："),
            f"openssl pkeyutl -verify -pubin {files}\n",
        ]
    )
