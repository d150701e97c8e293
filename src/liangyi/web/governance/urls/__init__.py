"""Addresses of the policy screens."""

from __future__ import annotations

from liangyi.web.governance.urls import (
    bundled,
    evidence,
    inspection,
    laws,
    life,
    matching,
    packs,
    parameters,
    reading,
)

app_name = "governance"
urlpatterns = [
    *bundled.urlpatterns,
    *evidence.urlpatterns,
    *inspection.urlpatterns,
    *laws.urlpatterns,
    *life.urlpatterns,
    *matching.urlpatterns,
    *packs.urlpatterns,
    *parameters.urlpatterns,
    *reading.urlpatterns,
]
