from __future__ import annotations

from django.apps import AppConfig

from liangyi.platform.rooms import autoload


class EventsConfig(AppConfig):
    name = "liangyi.platform.events"
    label = "events"

    def ready(self) -> None:
        autoload(self)
