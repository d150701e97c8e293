"""Rules and evidence: what the product refuses and watches, and what came of it."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ControlsPagesConfig(AppConfig):
    name = "liangyi.web.controls"
    label = "web_controls"

    def ready(self) -> None:
        from liangyi.platform.controls.permissions import VIEW
        from liangyi.web.shell import navigation

        navigation.register(
            navigation.Entry(
                "controls",
                _("规则与证据"),
                "controls:catalogue",
                "shield-check",
                VIEW,
                55,
                frozenset(("quality",)),
            )
        )
