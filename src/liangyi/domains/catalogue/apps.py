from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from liangyi.platform.rooms import autoload


class CatalogueConfig(AppConfig):
    name = "liangyi.domains.catalogue"
    label = "catalogue"

    def ready(self) -> None:
        autoload(self)
        post_migrate.connect(_sync_subjects, sender=self)


def _sync_subjects(**_kwargs: Any) -> None:
    """An empty clinic, too, has the 诊疗科目 its licence is made of."""
    from liangyi.domains.catalogue.services import sync_subjects

    sync_subjects()
