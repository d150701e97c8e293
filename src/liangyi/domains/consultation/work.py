"""The work an enquiry gives."""

from __future__ import annotations

from django.utils.translation import gettext as _

from liangyi.platform.worklist.kinds import WorkKind, register

FOLLOW_UP = register(
    WorkKind(
        "consultation.follow_up", lambda _facts: _("跟进咨询"), lambda item: f"/enquiries/{item.subject_id}/"
    )
)
