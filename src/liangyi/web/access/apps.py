"""Accounts and what they may do; who looked at what and who changed what."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from liangyi.platform.access.permissions import MANAGE_ACCOUNTS
from liangyi.platform.audit.permissions import VIEW_READS
from liangyi.web.shell import navigation


class AccessPagesConfig(AppConfig):
    name = "liangyi.web.access"
    label = "web_access"

    def ready(self) -> None:
        entry = navigation.Entry
        navigation.register(
            entry("access", _("账号与权限"), "access:accounts", "user-shield", MANAGE_ACCOUNTS, 85)
        )
        navigation.register(entry("reads", _("查阅记录"), "access:reads", "eye", VIEW_READS, 88))
