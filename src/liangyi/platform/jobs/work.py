"""The work that backups open."""

from __future__ import annotations

from django.utils.translation import gettext as _

from liangyi.platform.jobs.services import MISSING_KIND
from liangyi.platform.jobs.subjects import PAGE
from liangyi.platform.worklist.kinds import WorkKind, register

register(
    WorkKind(
        MISSING_KIND,
        lambda facts: _("超过 %(hours)s 小时没有备份，查明原因") % {"hours": facts.get("hours", "")},
        lambda _item: PAGE,
        by_hand=False,
    )
)
