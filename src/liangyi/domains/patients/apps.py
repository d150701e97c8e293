from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed
from django.db.models.signals import post_migrate

from liangyi.platform.rooms import autoload


class PatientsConfig(AppConfig):
    name = "liangyi.domains.patients"
    label = "patients"

    def ready(self) -> None:
        autoload(self)
        post_migrate.connect(_sync_consent_texts, sender=self, dispatch_uid="patients.sync_consent_texts")


def _sync_consent_texts(apps: Any = installed, **_: object) -> None:
    """Only where the migrated state has the table as it is now, and history to write to."""
    from liangyi.domains.patients.services import sync_consent_texts

    models = {model._meta.label_lower: model for model in apps.get_models()}
    texts = models.get("patients.consenttext")
    if texts and "audit.history" in models and any(f.name == "asks_again" for f in texts._meta.fields):
        sync_consent_texts()
