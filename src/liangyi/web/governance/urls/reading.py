"""Addresses of reading policies and bringing them in."""

from __future__ import annotations

from django.urls import path

from liangyi.web.governance.views import reading as views

urlpatterns = [
    path("policies/", views.policies, name="list"),
    path("policies/import/", views.import_policy, name="import"),
    path("policies/imports/<uuid:waiting>/", views.progress, name="progress"),
    path("policies/<uuid:policy>/", views.document, name="document"),
    path("policies/<uuid:policy>/import/", views.import_version, name="import_version"),
    path("policies/<uuid:policy>/compare/", views.compare, name="compare"),
]
