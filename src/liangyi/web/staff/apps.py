"""Set-up screens: people, their posts, certificates and privileges."""

from __future__ import annotations

from django.apps import AppConfig


class StaffPagesConfig(AppConfig):
    name = "liangyi.web.staff"
    label = "web_staff"
