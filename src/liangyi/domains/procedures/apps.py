from __future__ import annotations

from django.apps import AppConfig

from liangyi.platform.rooms import autoload


class ProceduresConfig(AppConfig):
    name = "liangyi.domains.procedures"
    label = "procedures"

    def ready(self) -> None:
        autoload(self)
