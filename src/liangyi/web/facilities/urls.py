"""Addresses of the equipment screens."""

from __future__ import annotations

from django.urls import path

from liangyi.web.facilities import views

app_name = "facilities"
urlpatterns = [
    path("settings/equipment/", views.equipment, name="equipment"),
    path("settings/equipment/add/", views.add_equipment, name="add_equipment"),
    path("settings/equipment/<uuid:piece>/", views.piece, name="piece"),
    path("settings/equipment/<uuid:piece>/edit/", views.edit_equipment, name="edit_equipment"),
    path("settings/equipment/<uuid:piece>/calibrate/", views.calibrate, name="calibrate"),
    path("settings/equipment/<uuid:piece>/retire/", views.retire, name="retire"),
]
