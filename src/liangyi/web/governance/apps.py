"""The group's policies: list, import, reading, two versions side by side."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class GovernancePagesConfig(AppConfig):
    name = "liangyi.web.governance"
    label = "web_governance"

    def ready(self) -> None:
        from liangyi.domains.governance.permissions import VIEW
        from liangyi.web.shell import guests, navigation

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
