"""Requests: what waits for my word, what I asked for, what came of it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ApprovalsPagesConfig(AppConfig):
    name = "liangyi.web.approvals"
    label = "web_approvals"

    def ready(self) -> None:
        from liangyi.platform.approvals.permissions import VIEW
        from liangyi.web.shell import navigation

        navigation.register(navigation.Entry("approvals", _("审批"), "approvals:list", "checklist", VIEW, 62))
