from __future__ import annotations

from django.apps import AppConfig

from liangyi.platform.rooms import autoload


class AuditConfig(AppConfig):
    name = "liangyi.platform.audit"
    label = "audit"

    def ready(self) -> None:
        autoload(self)
