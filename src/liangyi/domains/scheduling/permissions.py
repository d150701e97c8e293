"""Who may book, receive, treat and plan, and which appointments an actor sees: those of its sites."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from liangyi.domains.scheduling.models import Appointment
from liangyi.platform.access.registry import declare
from liangyi.platform.actors import Actor

VIEW = "scheduling.view"
BOOK = "scheduling.book"
RECEIVE = "scheduling.receive"
VISIT = "scheduling.visit"
ROTA = "scheduling.rota"

CLINICAL = ("surgeon", "dentist", "nurse", "anaesthetist")

declare(VIEW, _("查看预约"), roles=("reception", "consultant", *CLINICAL, "cashier", "quality", "director"))
declare(BOOK, _("预约、改期、取消"), roles=("reception", "consultant", "director"))
declare(RECEIVE, _("签到、加诊、日结"), roles=("reception", "nurse", "director"))
declare(VISIT, _("叫号、开始和结束就诊"), roles=("reception", *CLINICAL, "director"))
declare(ROTA, _("维护排班和请假"), roles=("director", "admin"))


def sites_visible_to(actor: Actor) -> list[UUID] | None:
    """The sites whose appointments `actor` sees; None means every site (the program itself)."""
    return None if actor.is_system else actor.sites_with(VIEW)


def appointments_visible_to(actor: Actor) -> QuerySet[Appointment]:
    """The appointments of the sites where the actor may look."""
    sites = sites_visible_to(actor)
    found = Appointment.objects.all()
    return found if sites is None else found.filter(site__in=sites)
