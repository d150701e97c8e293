"""Addresses of the catalogue's set-up screens."""

from __future__ import annotations

from django.urls import path

from liangyi.web.catalogue import views

app_name = "catalogue"
urlpatterns = [
    path("settings/services/", views.services_, name="services"),
    path("settings/services/add/", views.add_service, name="add_service"),
    path("settings/services/<uuid:service>/", views.service, name="service"),
    path("settings/services/<uuid:service>/edit/", views.edit_service, name="edit_service"),
    path("settings/services/<uuid:service>/offer/", views.offer_service, name="offer_service"),
    path("settings/services/<uuid:service>/prices/add/", views.set_price, name="set_price"),
    path("settings/device-models/add/", views.add_device_model, name="add_device_model"),
    path("settings/device-models/<uuid:model>/", views.device_model, name="device_model"),
]
