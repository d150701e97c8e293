"""The group's policies: list, import, reading, two versions side by side."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

LATE_READING = {"policy": _("制度"), "version": _("版本"), "reader": _("谁该读"), "read_by": _("读完期限")}


class GovernancePagesConfig(AppConfig):
    name = "liangyi.web.governance"
    label = "web_governance"

    def ready(self) -> None:
        from liangyi.domains.governance.permissions import VIEW
        from liangyi.web.shell import guests, navigation
        from liangyi.web.shell.facts import label_fact

        guests.register_home("governance:inspector_home")
        navigation.register(
            navigation.Entry(
                "governance",
                _("制度"),
                "governance:list",
                "file-certificate",
                VIEW,
                60,
                frozenset(("quality",)),
            )
        )
        for name, title in LATE_READING.items():
            label_fact(name, title)
