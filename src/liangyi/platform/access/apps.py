from __future__ import annotations

from typing import Any

from django.apps import AppConfig
from django.apps import apps as installed
from django.contrib.auth.signals import user_logged_in
from django.db.models.signals import post_migrate

from liangyi.platform.rooms import autoload


class AccessConfig(AppConfig):
    name = "liangyi.platform.access"
    label = "access"

    def ready(self) -> None:
        autoload(self)
        from liangyi.platform.access.sessions import note_origin

        user_logged_in.connect(note_origin, dispatch_uid="access.note_origin")
        post_migrate.connect(_sync_roles, sender=self, dispatch_uid="access.sync_roles")


def _sync_roles(apps: Any = installed, **_: object) -> None:
    """Only where the migrated state has both tables: not after `migrate access zero`."""
    from liangyi.platform.access.registry import sync_roles

    models = {model._meta.label_lower for model in apps.get_models()}
    if {"access.role", "audit.history"} <= models:
        sync_roles()
