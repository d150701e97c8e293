from __future__ import annotations

from django.apps import AppConfig

from liangyi.platform.rooms import autoload


class ConsultationConfig(AppConfig):
    name = "liangyi.domains.consultation"
    label = "consultation"

    def ready(self) -> None:
        autoload(self)
