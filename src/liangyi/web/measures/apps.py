"""The numbers: each measure by site and month, with its aim, its course, and the way to the records."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MeasuresPagesConfig(AppConfig):
    name = "liangyi.web.measures"
    label = "web_measures"

    def ready(self) -> None:
        from liangyi.platform.measures.permissions import VIEW
        from liangyi.web.shell import navigation

        navigation.register(
            navigation.Entry(
                "measures", _("指标"), "measures:overview", "chart-line", VIEW, 50, frozenset(("quality",))
            )
        )
