"""Checks of what people type or programs send."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from django.utils.translation import gettext_lazy as _

from liangyi.domains.organisation.rules import is_writable
from liangyi.platform.errors import Invalid

FIRST_DAY = date(2000, 1, 1)
LAST_DAY = date(2199, 12, 30)


def checked_start(start: datetime, field: str = "start") -> datetime:
    """A whole minute of an aware time that every zone can show, in UTC."""
    if start.tzinfo is None:
        raise Invalid({field: [_("时间须带时区")]})
    if not FIRST_DAY <= start.date() <= LAST_DAY:
        raise Invalid({field: [_("日期超出范围")]})
    if start.second or start.microsecond:
        raise Invalid({field: [_("时间须为整分钟")]})
    return start.astimezone(UTC)


def checked_days(first: date, last: date, most: int) -> None:
    """`first` to `last` in order, within reach, at most `most` days."""
    if not (FIRST_DAY <= first <= LAST_DAY and FIRST_DAY <= last <= LAST_DAY):
        raise Invalid({"from": [_("日期超出范围")]})
    if last < first:
        raise Invalid({"to": [_("结束日期不能早于开始日期")]})
    if (last - first) >= timedelta(days=most):
        raise Invalid({"to": [_("一次最多查询 %(most)d 天") % {"most": most}]})


def checked_note(text: str, field: str, most: int, *, required: bool = False) -> str:
    """`text` trimmed, at most `most` characters that can be stored."""
    cleaned = (text or "").strip()
    if required and not cleaned:
        raise Invalid({field: [_("请填写原因")]})
    if len(cleaned) > most:
        raise Invalid({field: [_("最多 %(most)d 个字") % {"most": most}]})
    if not is_writable(cleaned, lines=True):
        raise Invalid({field: [_("含有不能保存的字符，请重新输入")]})
    return cleaned
