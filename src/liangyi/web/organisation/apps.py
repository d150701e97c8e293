"""Set-up screens: sites, licences, departments, rooms, posts, opening hours."""

from __future__ import annotations

from django.apps import AppConfig


class OrganisationPagesConfig(AppConfig):
    name = "liangyi.web.organisation"
    label = "web_organisation"
