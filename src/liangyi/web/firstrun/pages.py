"""What is still missing until the first patient can be booked: computed from what is there."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _

from liangyi.domains.catalogue import queries as catalogue
from liangyi.domains.catalogue.models import Service
from liangyi.domains.facilities import queries as facilities
from liangyi.domains.organisation import queries as organisation
from liangyi.domains.organisation.rules import SiteFacts
from liangyi.domains.scheduling.models import RotaRule
from liangyi.domains.staff import queries as staff
from liangyi.domains.staff.rules import PractitionerFacts
from liangyi.platform.access.models import Account, Site
from liangyi.platform.actors import Actor
from liangyi.platform.jobs.queries import backup_state
from liangyi.web.firstrun.backups import is_good, said
from liangyi.web.organisation.fields import shown_name, today_at
from liangyi.web.shell import formats


@dataclass(frozen=True)
class Step:
    """One thing a clinic needs. `is_needed`: without it nobody can be booked; else it is advice."""

    title: Any
    text: Any
    url: str
    is_done: bool
    is_needed: bool = True


@dataclass(frozen=True)
class Clinic:
    """What a site has, as far as booking asks."""

    site: SiteFacts
    room_kinds: frozenset[str]
    services: tuple[Service, ...]
    people: tuple[PractitionerFacts, ...]
    on_rota: frozenset[UUID]
    calibrated: frozenset[UUID]

    @property
    def permitted(self) -> list[Service]:
        """Services within the licence."""
        return [
            service
            for service in self.services
            if service.subject.code in self.site.subjects and service.level <= self.site.max_level
        ]

    @property
    def housed(self) -> list[Service]:
        """Permitted services that have a room of their kind."""
        return [service for service in self.permitted if service.room_kind in self.room_kinds]

    def able(self, services: Iterable[Service]) -> list[PractitionerFacts]:
        """Who may do at least one of the services today."""
        wanted = list(services)
        return [person for person in self.people if any(self._may(person, each) for each in wanted)]

    def _may(self, person: PractitionerFacts, service: Service) -> bool:
        return not person.shortfalls(
            service_id=service.id,
            subject=service.subject.code,
            needs_privilege=service.needs_privilege,
            site_id=self.site.id,
            on=self.site.on,
        )


def checklist(actor: Actor, site: Site, at: datetime) -> dict[str, Any]:
    """The steps at the active site, and how many needed ones are open."""
    steps = [*steps_for(clinic_of(actor, site, today_at(site, at))), _backups(at)]
    missing = [step for step in steps if step.is_needed and not step.is_done]
    return {"steps": steps, "missing": len(missing), "next": missing[0] if missing else None}


def clinic_of(actor: Actor, site: Site, today: date) -> Clinic:
    """Read what the site has, in a fixed number of statements."""
    services = tuple(catalogue.services_for_site(actor, site.id, today))
    weekly = Q(day=None) & (Q(valid_to=None) | Q(valid_to__gte=today))
    rules = RotaRule.objects.filter(weekly | Q(day__gte=today), site=site)
    return Clinic(
        site=organisation.site_facts(site.id, today),
        room_kinds=frozenset(room.kind for room in organisation.rooms_for(site.id)),
        services=services,
        people=tuple(staff.practitioners_at(site.id, today)),
        on_rota=frozenset(rules.values_list("staff", flat=True)),
        calibrated=facilities.calibrated_models(site.id, today),
    )


def steps_for(clinic: Clinic) -> list[Step]:
    """Everything a booking needs, in the order in which a clinic is built."""
    return [
        _licence(clinic),
        _rooms(clinic),
        _services(clinic),
        _equipment(clinic),
        _people(clinic),
        _rota(clinic),
        _prices(clinic),
        _hours(clinic),
        _accounts(clinic),
    ]


def _licence(clinic: Clinic) -> Step:
    licence = clinic.site.licence
    text = (
        _("%(number)s，%(day)s 到期") % {"number": licence.number, "day": licence.valid_to}
        if licence
        else _("登记在有效期内的许可证，写明科目和级别")
    )
    url = reverse("organisation:site", args=[clinic.site.id])
    return Step(_("执业许可证"), text, url, licence is not None)


def _rooms(clinic: Clinic) -> Step:
    done = bool(clinic.room_kinds)
    text = (
        _("已有 %(n)d 种用途的房间") % {"n": len(clinic.room_kinds)} if done else _("至少要一间诊室或治疗室")
    )
    return Step(_("房间"), text, reverse("organisation:premises"), done)


def _services(clinic: Clinic) -> Step:
    url = reverse("catalogue:services")
    if not clinic.services:
        return Step(_("项目"), _("至少要一项项目"), url, is_done=False)
    if not clinic.permitted:
        return Step(_("项目"), _("现有项目都不在许可科目或级别内"), url, is_done=False)
    if not clinic.housed:
        return Step(
            _("项目"),
            _("现有项目要用的房间用途，院区里还没有"),
            reverse("organisation:premises"),
            is_done=False,
        )
    return Step(_("项目"), _("%(n)d 项可以预约") % {"n": len(clinic.housed)}, url, is_done=True)


def _equipment(clinic: Clinic) -> Step:
    if not clinic.services:
        return Step(
            _("设备"),
            _("项目要用设备时再登记"),
            reverse("facilities:equipment"),
            is_done=False,
            is_needed=False,
        )
    needing = [service for service in clinic.housed if service.device_model_id]
    lacking = [service for service in needing if service.device_model_id not in clinic.calibrated]
    names = formats.listed(shown_name(service) for service in lacking[:3])
    text = (
        _("没有校准有效的设备：%(names)s") % {"names": names}
        if lacking
        else _("%(n)d 项项目要用设备，都有校准有效的") % {"n": len(needing)}
        if needing
        else _("现有项目不用设备")
    )
    other = len(needing) < len(clinic.housed)
    return Step(_("设备"), text, reverse("facilities:equipment"), not lacking, is_needed=not other)


def _people(clinic: Clinic) -> Step:
    able = clinic.able(clinic.housed)
    text = (
        _("%(n)d 人能做现有项目") % {"n": len(able)}
        if able
        else _("至少要一人：执业证书注册在本院区、范围对应，需要的还有主诊备案和手术授权")
    )
    return Step(_("医生与证照"), text, reverse("staff:members"), bool(able))


def _rota(clinic: Clinic) -> Step:
    able = [person for person in clinic.able(clinic.housed) if person.id in clinic.on_rota]
    text = _("%(n)d 人已排班") % {"n": len(able)} if able else _("给能做项目的人排上班，才有可约的时间")
    return Step(_("排班"), text, _address("scheduling:rota"), bool(able))


def _prices(clinic: Clinic) -> Step:
    if not clinic.services:
        return Step(
            _("价格"), _("有了项目再定价"), reverse("catalogue:services"), is_done=False, is_needed=False
        )
    without = [shown_name(service) for service in clinic.services if service.price_cents is None]  # type: ignore[attr-defined]  # annotated
    text = (
        _("还没定价：%(names)s") % {"names": formats.listed(without[:3])}
        if without
        else _("每项项目都有价格")
    )
    return Step(_("价格"), text, reverse("catalogue:services"), not without, is_needed=False)


def _hours(clinic: Clinic) -> Step:
    text = (
        _("每周开诊 %(n)d 天") % {"n": len(clinic.site.hours)}
        if clinic.site.hours
        else _("不填则只按排班开放预约")
    )
    return Step(
        _("开诊时间"), text, reverse("organisation:calendar"), bool(clinic.site.hours), is_needed=False
    )


def _accounts(clinic: Clinic) -> Step:
    desk = Account.objects.filter(
        grants__role__code="reception", grants__site=clinic.site.id, ended_at=None
    ).exists()
    text = _("前台可以登录") if desk else _("给前台开账号，预约就不必由您来做")
    return Step(_("前台账号"), text, reverse("staff:members"), desk, is_needed=False)


def _backups(at: datetime) -> Step:
    state = backup_state(at)
    url = reverse("firstrun:backups")
    return Step(_("备份"), said(state), url, is_good(state, at), is_needed=False)


def _address(name: str) -> str:
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""
