"""Addresses of evidence packs."""

from __future__ import annotations

from django.urls import path

from liangyi.web.governance.views import packs as views

urlpatterns = [
    path("policies/packs/", views.packs, name="packs"),
    path("policies/packs/new/", views.new_pack, name="new_pack"),
    path("policies/packs/<uuid:pack>/", views.pack, name="pack"),
    path("policies/packs/<uuid:pack>/retry/", views.retry_pack, name="retry_pack"),
    path("policies/packs/<uuid:pack>/download/", views.pack_download, name="pack_download"),
]
