"""The work of deciding."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from liangyi.platform.approvals.kinds import title_of
from liangyi.platform.approvals.services import DECIDE_KIND
from liangyi.platform.worklist.kinds import WorkKind, register


def _title(facts: Mapping[str, Any]) -> str:
    return _("审批：%(what)s") % {"what": title_of(facts.get("kind", ""), facts.get("facts", {}))}


register(WorkKind(DECIDE_KIND, _title, lambda item: f"/approvals/{item.subject_id}/", by_hand=False))
