from __future__ import annotations

from django.apps import AppConfig

from liangyi.platform.rooms import autoload


class AccessConfig(AppConfig):
    name = "liangyi.platform.access"
    label = "access"

    def ready(self) -> None:
        autoload(self)
