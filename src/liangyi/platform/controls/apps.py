from __future__ import annotations

from django.apps import AppConfig

from liangyi.platform.rooms import autoload


class ControlsConfig(AppConfig):
    name = "liangyi.platform.controls"
    label = "controls"

    def ready(self) -> None:
        autoload(self)
