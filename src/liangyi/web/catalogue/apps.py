"""Set-up screens: services, prices, device models."""

from __future__ import annotations

from django.apps import AppConfig


class CataloguePagesConfig(AppConfig):
    name = "liangyi.web.catalogue"
    label = "web_catalogue"
