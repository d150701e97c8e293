from __future__ import annotations

from django.apps import AppConfig

from liangyi.platform.rooms import autoload


class SchedulingConfig(AppConfig):
    name = "liangyi.domains.scheduling"
    label = "scheduling"

    def ready(self) -> None:
        autoload(self)
