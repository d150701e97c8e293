from __future__ import annotations

from django.apps import AppConfig

from liangyi.platform.rooms import autoload


class PerformanceConfig(AppConfig):
    name = "liangyi.domains.performance"
    label = "performance"

    def ready(self) -> None:
        autoload(self)
