from __future__ import annotations

from django.apps import AppConfig

from liangyi.platform.rooms import autoload


class EscalationConfig(AppConfig):
    """Above worklist and messages, which do not know each other's callers."""

    name = "liangyi.platform.escalation"
    label = "escalation"

    def ready(self) -> None:
        autoload(self)
