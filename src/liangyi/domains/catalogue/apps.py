from __future__ import annotations

from django.apps import AppConfig

from liangyi.platform.rooms import autoload


class CatalogueConfig(AppConfig):
    name = "liangyi.domains.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        autoload(self)
