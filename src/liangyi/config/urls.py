"""Every address of the product: each web area brings its own urls.py, REST stands under /api/v1/."""

from __future__ import annotations

from importlib.util import find_spec

from django.apps import apps
from django.urls import URLPattern, URLResolver, include, path, re_path

from liangyi.api.app import api
from liangyi.api.problems import unknown_address

urlpatterns: list[URLPattern | URLResolver] = [
    path("api/v1/", api.urls),
    path("api/", include([re_path(r"^(.*)$", unknown_address)])),
]
urlpatterns += [
    path("", include(f"{app.name}.urls"))
    for app in apps.get_app_configs()
    if app.name.startswith("liangyi.web.") and find_spec(f"{app.name}.urls")
]
