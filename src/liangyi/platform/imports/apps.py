from __future__ import annotations

from django.apps import AppConfig

from liangyi.platform.rooms import autoload


class ImportsConfig(AppConfig):
    name = "liangyi.platform.imports"
    label = "imports"

    def ready(self) -> None:
        autoload(self)
