from __future__ import annotations

from django.apps import AppConfig

from liangyi.platform.rooms import autoload


class StaffConfig(AppConfig):
    name = "liangyi.domains.staff"
    label = "staff"

    def ready(self) -> None:
        autoload(self)
