from __future__ import annotations

from django.apps import AppConfig

from liangyi.platform.rooms import autoload


class JobsConfig(AppConfig):
    name = "liangyi.platform.jobs"
    label = "jobs"

    def ready(self) -> None:
        autoload(self)
