from __future__ import annotations

from django.apps import AppConfig

from liangyi.platform.rooms import autoload


class GovernanceConfig(AppConfig):
    name = "liangyi.domains.governance"
    label = "governance"

    def ready(self) -> None:
        autoload(self)
