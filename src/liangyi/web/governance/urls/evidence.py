"""Addresses of evidence."""

from __future__ import annotations

from django.urls import path

from liangyi.web.governance.views import evidence as views

urlpatterns = [
    path("policies/register/", views.register, name="register"),
    path("policies/board/", views.board, name="board"),
    path("policies/clauses/<uuid:clause>/", views.clause, name="clause"),
]
