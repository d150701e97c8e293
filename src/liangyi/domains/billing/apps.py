from __future__ import annotations

from django.apps import AppConfig

from liangyi.platform.rooms import autoload


class BillingConfig(AppConfig):
    name = "liangyi.domains.billing"
    label = "billing"

    def ready(self) -> None:
        autoload(self)
