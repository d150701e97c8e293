from __future__ import annotations

from django.apps import AppConfig

from liangyi.platform.rooms import autoload


class FacilitiesConfig(AppConfig):
    name = "liangyi.domains.facilities"
    label = "facilities"

    def ready(self) -> None:
        autoload(self)
