from __future__ import annotations

from django.apps import AppConfig

from liangyi.platform.rooms import autoload


class RecordsConfig(AppConfig):
    name = "liangyi.domains.records"
    label = "records"

    def ready(self) -> None:
        autoload(self)
