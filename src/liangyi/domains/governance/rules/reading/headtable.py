"""The table printed at the head of a policy: its number, who drew it up, its dates."""

from __future__ import annotations

import re

from liangyi.domains.governance.rules.reading.markers import marker_at
from liangyi.domains.governance.rules.reading.naming import is_name

_LABEL = (
    r"(?:文件编号|文件名称|文件号|编号|版本号?|版次|制文|编制人?|制定人|起草人?|审核人?|审批人?|批准人?|签发人?|"
    r"(?:制定|编制|修订|修改|批准|发布|生效|实施|启用|执行)日期|发文范围|发放范围|页码|页次|密级)[:：]"
)
_FIRST = re.compile(_LABEL)
_CODE = re.compile(r"[A-Za-z\d\s—–\-.〔〕*年月日第页共/_]{0,40}")
_FARTHEST = 20


def without_head_table(lines: list[str]) -> list[str]:
    """The lines without the table above the first numbered item; a name glued to it stays."""
    found: list[str] = []
    for at, line in enumerate(lines):
        if at >= _FARTHEST or marker_at(line, 0) is not None:
            return found + lines[at:]
        name = _before_table(line)
        found.extend([line] if name is None else [name] if name else [])
    return found


def _before_table(line: str) -> str | None:
    """What stands before the labels of a line of the table; None when the line is no such line."""
    labels = list(_FIRST.finditer(line))
    if not labels or "。" in line or "；" in line:
        return None
    before = line[: labels[0].start()].strip()
    if before and not is_name(before):
        return None
    is_code = _CODE.fullmatch(line[labels[-1].end() :]) is not None
    return before if len(labels) > 1 or is_code else None
