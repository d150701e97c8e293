from __future__ import annotations

from django.apps import AppConfig

from liangyi.platform.rooms import autoload


class DocumentsConfig(AppConfig):
    name = "liangyi.platform.documents"
    label = "documents"

    def ready(self) -> None:
        autoload(self)
