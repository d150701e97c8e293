from __future__ import annotations

from django.apps import AppConfig

from liangyi.platform.rooms import autoload


class PatientsConfig(AppConfig):
    name = "liangyi.domains.patients"
    label = "patients"

    def ready(self) -> None:
        autoload(self)
