"""The front desk on screen: day board, booking, queue, rota, end of day."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SchedulingWebConfig(AppConfig):
    name = "liangyi.web.scheduling"
    label = "web_scheduling"

    def ready(self) -> None:
        from liangyi.domains.scheduling.permissions import VIEW
        from liangyi.web.patients import panels
        from liangyi.web.scheduling.facts import label_facts
        from liangyi.web.scheduling.views.records import patient_panel
        from liangyi.web.shell.navigation import Entry, register

        register(Entry("scheduling_day", _("预约"), "scheduling:day", "calendar-event", VIEW, 20))
        register(Entry("scheduling_queue", _("候诊"), "scheduling:queue", "armchair", VIEW, 25))
        register(Entry("scheduling_rota", _("排班"), "scheduling:rota", "calendar-week", VIEW, 40))
        panels.register(panels.Panel("appointments", _("预约"), patient_panel, VIEW, 10))
        label_facts()
