"""What stands in an evidence pack: words, masks, lines of csv. No database."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

BOM = "\ufeff"
MASK = "***"
LARGEST = 2000
LONGEST_DAYS = 3 * 366

HEALTHS: Mapping[str, Any] = {
    "carried_out": _("已落实"),
    "in_breach": _("有违规"),
    "unproven": _("待证实"),
    "nothing": _("尚无"),
}
WAYS: Mapping[str, Any] = {
    "gate": _("闸口"),
    "watch": _("监测"),
    "duty": _("例行"),
    "measure": _("指标"),
    "check": _("核查"),
    "record": _("留痕"),
}
WHY_NOTHING: Mapping[str, Any] = {
    "unreviewed": _("还没有审阅对应的控制"),
    "none_fits": _("审阅过：没有合适的控制"),
    "planned": _("对应的控制还在计划中"),
}
FIGURES: Mapping[str, Any] = {
    "passed": _("通过"),
    "refused": _("拦下"),
    "overridden": _("越过"),
    "runs": _("运行次数"),
    "opened": _("新发现"),
    "closed": _("已解除"),
    "standing": _("期末未解除"),
    "done": _("按时完成"),
    "late": _("迟办"),
    "missed": _("未办"),
    "kept": _("有记录"),
    "failing": _("不合格"),
    "numerator": _("分子"),
    "denominator": _("分母"),
}
OUTCOMES: Mapping[str, Any] = {
    **FIGURES,
    "open": _("未解除"),
    "ran": _("运行了一次"),
    "pending": _("未到期"),
    "on_file": _("在册"),
    "counted": _("已计数"),
}
# A clinic's numbers and addresses of people: never in a pack, whatever a record holds.
_PRIVATE = re.compile(
    r"phone|mobile|telephone|identity_number|id_number|id_card|email|address|birth|born|password|sealed"
    r"|digest|token|guardian_name|patient_name|wechat"
)
_IDENTITY = re.compile(r"(?<![0-9A-Za-z-])\d{6}(?:19|20)\d{9}[\dXx](?![0-9A-Za-z-])")
_PHONE = re.compile(r"(?<![0-9A-Za-z-])(?:\+?86[- ]?)?1[3-9]\d{9}(?![0-9A-Za-z-])")
_LONG_NUMBER = re.compile(r"\d{11}")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def masked(value: Any, name: str = "") -> Any:
    """JSON without phones, identity numbers and the like: by the field's name, and wherever they stand."""
    if name and value not in (None, "", [], {}) and _is_private(name):
        return MASK
    if isinstance(value, str):
        return _PHONE.sub(MASK, _IDENTITY.sub(MASK, value)) if _LONG_NUMBER.search(value) else value
    if isinstance(value, Mapping):
        return {str(key): masked(one, str(key)) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return [masked(one) for one in value]
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


@cache
def _is_private(name: str) -> bool:
    return bool(_PRIVATE.search(name.lower()))


def csv_line(cells: Iterable[Any]) -> bytes:
    """One line for a spreadsheet; what it would take for a formula gets an apostrophe in front."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow([_cell(cell) for cell in cells])
    return out.getvalue().encode()


def figures_in_words(figures: Mapping[str, int], *, is_register: bool = False) -> str:
    """The counts that there are, in the order of FIGURES. A register is proved by the day."""
    if is_register:
        return _on_file(figures.get("kept", 0))
    return " · ".join(f"{FIGURES[name]} {figures[name]}" for name in FIGURES if figures.get(name))


def _on_file(days: int) -> str:
    count = ngettext("%(count)s 天", "%(count)s 天", days) % {"count": f"{days:,}"}
    return f"{OUTCOMES['on_file']} {count}" if days else ""


def record_file(code: str) -> str:
    """Where the records of a control stand in the pack."""
    return f"records/{re.sub(r'[^A-Za-z0-9._-]', '_', code)}.json"


def download_name(title: str, first: date, last: date) -> str:
    """A file name that any system takes."""
    clean = re.sub(r'[\\/:*?"<>|\s\x00-\x1f]+', " ", title).strip()[:60] or "evidence"
    return f"{clean} {first:%Y%m%d}-{last:%Y%m%d}.zip"


def _cell(value: Any) -> str:
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_FORMULA) and not _is_number(text) else text


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[+-]?\d+(\.\d+)?", text))
