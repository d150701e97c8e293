from __future__ import annotations

from django.apps import AppConfig

from liangyi.platform.rooms import autoload


class PharmacyConfig(AppConfig):
    name = "liangyi.domains.pharmacy"
    label = "pharmacy"

    def ready(self) -> None:
        autoload(self)
