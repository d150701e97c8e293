from __future__ import annotations

from django.apps import AppConfig

from liangyi.platform.rooms import autoload


class MeasuresConfig(AppConfig):
    name = "liangyi.platform.measures"
    label = "measures"

    def ready(self) -> None:
        autoload(self)
