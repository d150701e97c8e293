from __future__ import annotations

from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "liangyi.platform.imports"
    label = "imports"
