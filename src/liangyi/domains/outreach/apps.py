from __future__ import annotations

from django.apps import AppConfig

from liangyi.platform.rooms import autoload


class OutreachConfig(AppConfig):
    name = "liangyi.domains.outreach"
    label = "outreach"

    def ready(self) -> None:
        autoload(self)
