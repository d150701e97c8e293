"""Patients on screen: finding, registering, the chart, merging, consent texts."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PatientsWebConfig(AppConfig):
    name = "liangyi.web.patients"
    label = "web_patients"

    def ready(self) -> None:
        from liangyi.domains.patients.permissions import PUBLISH_CONSENT, VIEW
        from liangyi.web.shell import navigation

        navigation.register(navigation.Entry("patients", _("患者"), "patients:list", "users", VIEW, 30))
        navigation.register(
            navigation.Entry(
                "consent_texts",
                _("同意书文本"),
                "patients:consent_texts",
                "file-certificate",
                PUBLISH_CONSENT,
                86,
            )
        )
