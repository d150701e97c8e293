from __future__ import annotations

from django.apps import AppConfig

from liangyi.platform.rooms import autoload


class FeedbackConfig(AppConfig):
    name = "liangyi.domains.feedback"
    label = "feedback"

    def ready(self) -> None:
        autoload(self)
