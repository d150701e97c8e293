"""Addresses of the numbers."""

from __future__ import annotations

from django.urls import path

from liangyi.web.measures import views

app_name = "measures"
urlpatterns = [
    path("measures/", views.overview, name="overview"),
    path("measures/<str:code>/", views.measure, name="measure"),
    path("measures/<str:code>/target/", views.target, name="target"),
]
