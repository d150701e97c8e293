"""Set-up screens: equipment and its calibration."""

from __future__ import annotations

from django.apps import AppConfig


class FacilitiesPagesConfig(AppConfig):
    name = "liangyi.web.facilities"
    label = "web_facilities"
