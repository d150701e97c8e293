from __future__ import annotations

from django.apps import AppConfig

from liangyi.platform.rooms import autoload


class ConfigConfig(AppConfig):
    name = "liangyi.config"
    label = "config"

    def ready(self) -> None:
        autoload(self)
