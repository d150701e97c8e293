"""Services: what can be booked, how long it takes and what it needs."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TypedDict, Unpack
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liangyi.domains.catalogue.events import ServiceChanged, ServiceRetired
from liangyi.domains.catalogue.models import DeviceModel, Service, ServiceSite, Subject
from liangyi.domains.catalogue.permissions import MANAGE
from liangyi.domains.organisation.enums import RoomKind
from liangyi.domains.organisation.errors import once
from liangyi.domains.organisation.permissions import require_at
from liangyi.domains.organisation.rules import SLUG, Problems
from liangyi.platform import events
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.errors import Missing

_TAKEN = {"catalogue_service_code_key": ("code", _("已有项目用这个代码"))}


_PLAIN = frozenset(
    (
        "code",
        "name",
        "name_en",
        "level",
        "duration_minutes",
        "prepare_minutes",
        "clean_minutes",
        "room_kind",
        "needs_privilege",
        "notes",
    )
)


class ServiceInput(TypedDict, total=False):
    """What describes a service: a subject's code, whole minutes, the sites where it is offered."""

    code: str
    name: str
    name_en: str
    subject: str
    level: int
    duration_minutes: int
    prepare_minutes: int
    clean_minutes: int
    room_kind: str
    device_model: UUID | None
    needs_privilege: bool
    notes: str
    sites: Iterable[UUID]


def add_service(*, actor: Actor, at: datetime, **given: Unpack[ServiceInput]) -> Service:
    """Offer something new. Needs code, name, subject, duration_minutes and room_kind."""
    sites = set(given.pop("sites", ()))
    require_at(actor, MANAGE, sites)
    service = Service()
    _apply(service, given, sites)
    with once(**_TAKEN), recorded(actor):
        service.save()
        _offer_at(service, sites)
    return service


def change_service(*, actor: Actor, at: datetime, service: UUID, **given: Unpack[ServiceInput]) -> Service:
    """Change what is given and leave the rest. Appointments already made keep their times and price."""
    with once(**_TAKEN), recorded(actor):
        row, offered = _locked(actor, service)
        sites = set(given.pop("sites", offered))
        require_at(actor, MANAGE, sites ^ offered)
        _apply(row, given, sites)
        row.save()
        _offer_at(row, sites)
        events.publish(ServiceChanged(row.id, at))
    return row


def retire_service(*, actor: Actor, at: datetime, service: UUID) -> Service:
    """Offer a service no more; what is booked stays booked."""
    with recorded(actor):
        row, offered = _locked(actor, service)
        require_at(actor, MANAGE, offered)
        if row.is_active:
            row.is_active = False
            row.save()
            events.publish(ServiceRetired(row.id, at))
    return row


def reinstate_service(*, actor: Actor, at: datetime, service: UUID) -> Service:
    """Offer a retired service again, at the sites it had."""
    with recorded(actor):
        row, offered = _locked(actor, service)
        require_at(actor, MANAGE, offered)
        row.is_active = True
        row.save()
        events.publish(ServiceChanged(row.id, at))
    return row


def _locked(actor: Actor, service: UUID) -> tuple[Service, set[UUID]]:
    """The service and where it is offered; Missing unless the actor manages it at one of these sites."""
    actor.require(MANAGE)
    row = Service.objects.select_for_update().filter(id=service).first()
    if row is None:
        raise Missing()
    offered = set(ServiceSite.objects.filter(service=row).values_list("site", flat=True))
    if offered and not actor.is_system and not offered & set(actor.sites_with(MANAGE)):
        raise Missing()
    return row, offered


def _offer_at(service: Service, sites: set[UUID]) -> None:
    offers = ServiceSite.objects.filter(service=service)
    offers.exclude(site__in=sites).delete()
    kept = set(offers.values_list("site", flat=True))
    ServiceSite.objects.bulk_create(
        ServiceSite(service=service, site_id=site) for site in sorted(sites - kept)
    )


def _apply(service: Service, given: ServiceInput, sites: set[UUID]) -> None:
    """Put the given values on the service and check the whole; the fields are those of ServiceInput."""
    problems = Problems()
    for name, value in given.items():
        if name in _PLAIN:
            setattr(service, name, value)
    _check_texts(problems, service)
    service.level = problems.number("level", service.level, least=0, most=4)
    _check_minutes(problems, service)
    _apply_references(problems, service, given)
    known = Site.objects.filter(id__in=sites).count()
    problems.check(known == len(sites), "sites", _("请从列表中选择"))
    problems.done()


def _check_texts(problems: Problems, service: Service) -> None:
    service.code = problems.text("code", service.code, most=40).lower()
    problems.check(
        not service.code or bool(SLUG.fullmatch(service.code)),
        "code",
        _("用小写字母、数字、- 和 _，40 个字符以内"),
    )
    service.name = problems.text("name", service.name, most=100)
    service.name_en = problems.text("name_en", service.name_en, most=100, required=False)
    service.notes = problems.text("notes", service.notes, most=200, required=False)
    service.room_kind = problems.choice("room_kind", service.room_kind, RoomKind.values)


def _check_minutes(problems: Problems, service: Service) -> None:
    service.duration_minutes = problems.number(
        "duration_minutes", service.duration_minutes, least=5, most=720
    )
    service.prepare_minutes = problems.number("prepare_minutes", service.prepare_minutes, least=0, most=240)
    service.clean_minutes = problems.number("clean_minutes", service.clean_minutes, least=0, most=240)


def _apply_references(problems: Problems, service: Service, given: ServiceInput) -> None:
    if "subject" in given or service.subject_id is None:
        subject = Subject.objects.filter(code=given.get("subject", "")).first()
        if subject is None:
            problems.add("subject", _("请从列表中选择"))
        else:
            service.subject = subject
    if "device_model" in given:
        model = service.device_model_id = given["device_model"]
        known = model is None or DeviceModel.objects.filter(id=model).exists()
        problems.check(known, "device_model", _("请从列表中选择"))
