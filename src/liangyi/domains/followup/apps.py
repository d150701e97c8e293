from __future__ import annotations

from django.apps import AppConfig

from liangyi.platform.rooms import autoload


class FollowupConfig(AppConfig):
    name = "liangyi.domains.followup"
    label = "followup"

    def ready(self) -> None:
        autoload(self)
