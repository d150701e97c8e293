"""The worklist's own kind of work."""

from __future__ import annotations

from django.utils.translation import gettext as _

from liangyi.platform.worklist.kinds import WorkKind, register
from liangyi.platform.worklist.schedule import CALENDAR_KIND, CALENDAR_PAGE

register(
    WorkKind(
        CALENDAR_KIND,
        lambda facts: _("载入%(year)s年的节假日安排") % {"year": facts.get("year", "")},
        lambda _item: CALENDAR_PAGE,
    )
)
