from __future__ import annotations

from django.apps import AppConfig

from liangyi.platform.rooms import autoload


class ApprovalsConfig(AppConfig):
    """Above worklist: each step is somebody's work."""

    name = "liangyi.platform.approvals"
    label = "approvals"

    def ready(self) -> None:
        autoload(self)
