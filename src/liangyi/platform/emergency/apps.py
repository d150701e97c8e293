from __future__ import annotations

from django.apps import AppConfig

from liangyi.platform.rooms import autoload


class EmergencyConfig(AppConfig):
    """The review of emergency looks: above access and worklist, which do not know each other's doings."""

    name = "liangyi.platform.emergency"
    label = "emergency"

    def ready(self) -> None:
        autoload(self)
