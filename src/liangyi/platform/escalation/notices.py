"""What a director is told."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from liangyi.platform.messages.catalogue import MessageTemplate, register

LATE_WORK = register(
    MessageTemplate("escalation.late_work", _("逾期未办：{title}"), _("应在 {due} 前完成，至今没有人办结。"))
)
