"""The work that appointments give reception."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from liangyi.domains.scheduling.subjects import url_of
from liangyi.platform.worklist.kinds import WorkKind, register

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from liangyi.platform.worklist.models import WorkItem


def _titled(text: StrPromise | str) -> Callable[[Mapping[str, Any]], str]:
    return lambda facts: str(text).format(when=facts.get("when", ""))


def _page(item: WorkItem) -> str:
    return url_of(item.subject_id)


CONFIRM_BY_PHONE = register(
    WorkKind("scheduling.confirm_by_phone", _titled(_("电话确认 {when} 的预约")), _page)
)
REMIND_BY_PHONE = register(
    WorkKind("scheduling.remind_by_phone", _titled(_("电话提醒 {when} 的预约")), _page)
)
CANCEL_BY_PHONE = register(
    WorkKind("scheduling.cancel_by_phone", _titled(_("电话告知 {when} 的预约已取消")), _page)
)
REBOOK = register(WorkKind("scheduling.rebook", _titled(_("为 {when} 的预约另约时间")), _page))
