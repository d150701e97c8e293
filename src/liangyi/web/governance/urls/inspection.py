"""Addresses of inspections."""

from __future__ import annotations

from django.urls import path

from liangyi.web.governance.views import inspection as views

urlpatterns = [
    path("policies/inspection/", views.inspector_home, name="inspector_home"),
    path("policies/inspections/", views.inspections, name="inspections"),
    path("policies/inspections/open/", views.open_inspection, name="open_inspection"),
    path("policies/inspections/<uuid:inspection>/", views.inspection, name="inspection"),
    path("policies/inspections/<uuid:inspection>/end/", views.end_inspection, name="end_inspection"),
]
