"""The first run, and what is still missing until somebody can be booked."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FirstRunPagesConfig(AppConfig):
    name = "liangyi.web.firstrun"
    label = "web_firstrun"

    def ready(self) -> None:
        from liangyi.domains.organisation.permissions import SEE
        from liangyi.web.shell import navigation
        from liangyi.web.shell.facts import label_fact

        navigation.register(
            navigation.Entry("settings", _("设置"), "firstrun:checklist", "settings", SEE, 90)
        )
        label_fact("last_backup", _("最近一次备份"))
        label_fact("backup_hours", _("备份间隔（小时）"))
