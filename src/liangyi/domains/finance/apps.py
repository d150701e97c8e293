from __future__ import annotations

from django.apps import AppConfig

from liangyi.platform.rooms import autoload


class FinanceConfig(AppConfig):
    name = "liangyi.domains.finance"
    label = "finance"

    def ready(self) -> None:
        autoload(self)
