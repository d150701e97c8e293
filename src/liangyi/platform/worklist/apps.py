from __future__ import annotations

from django.apps import AppConfig

from liangyi.platform.rooms import autoload


class WorklistConfig(AppConfig):
    name = "liangyi.platform.worklist"
    label = "worklist"

    def ready(self) -> None:
        autoload(self)
