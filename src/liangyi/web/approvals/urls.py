"""Addresses of approvals."""

from __future__ import annotations

from django.urls import path

from liangyi.web.approvals import views

app_name = "approvals"
urlpatterns = [
    path("approvals/", views.approvals, name="list"),
    path("approvals/<uuid:approval>/", views.approval, name="approval"),
    path("approvals/<uuid:approval>/withdraw/", views.withdraw, name="withdraw"),
]
