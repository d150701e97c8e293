"""Addresses of the life of a version, and of reading what one has been asked to read."""

from __future__ import annotations

from django.urls import path

from liangyi.web.governance.views import life, receipts

urlpatterns = [
    path("policies/to-read/", receipts.to_read, name="to_read"),
    path("policies/to-read/<uuid:receipt>/", receipts.read, name="read"),
    path("policies/to-read/<uuid:receipt>/changes/", receipts.changes, name="read_changes"),
    path("policies/to-read/<uuid:receipt>/test/", receipts.take_test, name="take_test"),
    path("policies/versions/<uuid:version>/", life.version, name="version"),
    path("policies/versions/<uuid:version>/submit/", life.submit_version, name="submit_version"),
    path("policies/versions/<uuid:version>/test/", life.write_test, name="write_test"),
    path("policies/versions/<uuid:version>/release/", life.release, name="release"),
    path("policies/versions/<uuid:version>/recall/", life.recall, name="recall"),
    path("policies/versions/<uuid:version>/today/", life.from_today, name="from_today"),
    path("policies/versions/<uuid:version>/readers/", receipts.readers, name="readers"),
    path("policies/<uuid:policy>/review/", life.review, name="review_policy"),
    path("policies/<uuid:policy>/retire/", life.retire, name="retire"),
]
