from __future__ import annotations

from django.apps import AppConfig

from liangyi.platform.rooms import autoload


class SupplyConfig(AppConfig):
    name = "liangyi.domains.supply"
    label = "supply"

    def ready(self) -> None:
        autoload(self)
