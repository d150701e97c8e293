from __future__ import annotations

from django.apps import AppConfig

from liangyi.platform.rooms import autoload


class OrganisationConfig(AppConfig):
    name = "liangyi.domains.organisation"
    label = "organisation"

    def ready(self) -> None:
        autoload(self)
