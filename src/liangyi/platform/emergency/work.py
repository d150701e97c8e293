"""The work of reviewing an emergency look."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from liangyi.platform.worklist.kinds import WorkKind, register

REVIEW = register(
    WorkKind(
        code="access.review_break_glass",
        title=lambda facts: _("复核紧急查阅：%(who)s") % {"who": facts.get("who", "")},
        url=lambda item: reverse("access:break_glass_review", args=[item.subject_id]),
    )
)
