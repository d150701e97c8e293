"""Addresses of the first run and the set-up checklist."""

from __future__ import annotations

from django.urls import path

from liangyi.web.firstrun import views

app_name = "firstrun"
urlpatterns = [
    path("setup/", views.start, name="start"),
    path("settings/", views.checklist, name="checklist"),
    path("settings/backups/", views.backups, name="backups"),
]
