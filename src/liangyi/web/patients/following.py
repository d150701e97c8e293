"""What comes next for somebody who has just been registered: the first thing missing is the first button."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.urls import reverse
from django.utils.translation import gettext as _

from liangyi.domains.patients.permissions import can_change
from liangyi.domains.patients.queries import PatientChart
from liangyi.platform.actors import Actor
from liangyi.web.patients.pages import missing_consents

BOOK = "scheduling.book"


@dataclass(frozen=True)
class NextStep:
    """Something to do, why, and where; in the drawer unless it is a page of its own."""

    verb: str
    why: Any
    url: str
    icon: str
    is_drawer: bool = True


def next_steps(actor: Actor, site: UUID, chart: PatientChart) -> list[NextStep]:
    """A guardian for a minor, the consents that care needs, the booking: what the actor may do of it."""
    return list(_steps(actor, site, chart))


def _steps(actor: Actor, site: UUID, chart: PatientChart) -> Iterator[NextStep]:
    header = chart.header
    patient = header.patient
    may_change = can_change(actor, patient, header.person.sites)
    if may_change and header.is_minor and not chart.current_guardians:
        url = reverse("patients:add_guardian", args=[patient.pk])
        yield NextStep(_("登记监护人"), _("未成年人没有监护人不能预约"), url, "users")
    missing = missing_consents(header.consents)
    if may_change and missing:
        url = reverse("patients:consents", args=[patient.pk])
        why = _("还没有同意：%(titles)s") % {"titles": "、".join(str(title) for title in missing)}
        yield NextStep(_("请患者阅读并同意"), why, url, "file-alert", is_drawer=False)
    if actor.may(BOOK, site):
        url = f"{reverse('scheduling:book')}?patient={patient.pk}"
        yield NextStep(_("预约"), _("选项目和时间"), url, "calendar-plus")
