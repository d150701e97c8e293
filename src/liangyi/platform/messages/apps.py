from __future__ import annotations

from django.apps import AppConfig

from liangyi.platform.rooms import autoload


class MessagesConfig(AppConfig):
    name = "liangyi.platform.messages"
    label = "messages"

    def ready(self) -> None:
        autoload(self)
