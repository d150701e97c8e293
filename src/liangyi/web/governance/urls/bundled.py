"""Addresses of the policies that come with the product."""

from __future__ import annotations

from django.urls import path

from liangyi.web.governance.views import bundled as views

urlpatterns = [
    path("policies/templates/", views.templates, name="templates"),
    path("policies/templates/<slug:code>/", views.template, name="template"),
    path("policies/templates/<slug:code>/take/", views.take, name="take_template"),
]
