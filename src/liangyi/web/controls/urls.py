"""Addresses of rules and evidence."""

from __future__ import annotations

from django.urls import path

from liangyi.web.controls import views

app_name = "controls"
urlpatterns = [
    path("controls/", views.catalogue, name="catalogue"),
    path("controls/catalogue/<str:code>/", views.control, name="control"),
    path("controls/verdicts/", views.verdicts, name="verdicts"),
    path("controls/verdicts/<uuid:row>/", views.verdict, name="verdict"),
    path("controls/breaches/", views.breaches, name="breaches"),
    path("controls/breaches/<uuid:row>/", views.breach, name="breach"),
    path("controls/watches/run/", views.run_watches, name="run_watches"),
]
