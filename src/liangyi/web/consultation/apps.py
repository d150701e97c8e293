"""Enquiries on screen."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ConsultationWebConfig(AppConfig):
    name = "liangyi.web.consultation"
    label = "web_consultation"

    def ready(self) -> None:
        from liangyi.domains.consultation.permissions import VIEW
        from liangyi.web.shell.navigation import Entry, register

        register(Entry("enquiries", _("咨询登记"), "consultation:list", "message-question", VIEW, 35))
