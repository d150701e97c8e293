"""Addresses of the watch list of laws."""

from __future__ import annotations

from django.urls import path

from liangyi.web.governance.views import laws

urlpatterns = [
    path("policies/laws/", laws.laws, name="laws"),
    path("policies/laws/add/", laws.add, name="add_law"),
    path("policies/laws/load/", laws.load, name="load_laws"),
    path("policies/laws/<uuid:regulation>/", laws.law, name="law"),
    path("policies/laws/<uuid:regulation>/edit/", laws.edit, name="edit_law"),
    path("policies/laws/<uuid:regulation>/check/", laws.check, name="check_law"),
    path("policies/laws/<uuid:regulation>/link/", laws.link, name="link_law"),
    path("policies/laws/links/<uuid:link>/remove/", laws.unlink, name="unlink_law"),
    path("policies/<uuid:policy>/laws/", laws.of_policy, name="policy_laws"),
]
