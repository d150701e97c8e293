"""Addresses of matching."""

from __future__ import annotations

from django.urls import path

from liangyi.web.governance.views import matching as views

urlpatterns = [
    path("policies/<uuid:policy>/matching/", views.review, name="review"),
    path("policies/<uuid:policy>/matching/<uuid:clause>/", views.say, name="review_say"),
    path("policies/<uuid:policy>/matching/<uuid:clause>/search/", views.search, name="review_search"),
]
