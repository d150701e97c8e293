from __future__ import annotations

from django.apps import AppConfig

from liangyi.platform.rooms import autoload


class QualityConfig(AppConfig):
    name = "liangyi.domains.quality"
    label = "quality"

    def ready(self) -> None:
        autoload(self)
