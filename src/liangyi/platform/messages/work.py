"""The work a message that could not be delivered makes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from liangyi.platform import actors, subjects
from liangyi.platform.messages.catalogue import render, templates
from liangyi.platform.messages.outbox import FAILED
from liangyi.platform.worklist.kinds import WorkKind, register
from liangyi.platform.worklist.models import WorkItem


def _title(facts: Mapping[str, Any]) -> str:
    code = str(facts.get("template", ""))
    name = render(code, {}, get_language() or "zh-hans").subject if code in templates() else code
    return _("消息没有送达，请另行联系：%(name)s") % {"name": name}


def _url(item: WorkItem) -> str:
    """Where the thing is that the message was about."""
    kind, row_id = item.facts.get("subject", ["", ""])
    return subjects.label(actors.system("worklist"), (kind, UUID(row_id))).url if row_id else ""


register(WorkKind(FAILED, _title, _url))
