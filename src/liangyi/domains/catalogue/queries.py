"""Reads of the catalogue."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Subquery

from liangyi.domains.catalogue.models import DeviceModel, PriceVersion, Service, ServiceSite, Subject
from liangyi.domains.catalogue.permissions import MANAGE, services_visible_to
from liangyi.domains.catalogue.rules import ServiceFacts
from liangyi.platform.actors import Actor
from liangyi.platform.errors import Missing

_FACTS = (
    "id",
    "code",
    "name",
    "level",
    "duration_minutes",
    "prepare_minutes",
    "clean_minutes",
    "room_kind",
    "device_model_id",
    "needs_privilege",
    "is_active",
)


def subjects() -> QuerySet[Subject]:
    """All 诊疗科目, in the order of the register."""
    return Subject.objects.order_by("source", "code")


def subjects_by_code() -> dict[str, Subject]:
    """All 诊疗科目 by code."""
    return {subject.code: subject for subject in subjects()}


def service_facts(service_id: UUID, site_id: UUID, on: date) -> ServiceFacts:
    """What booking needs of a service at a site, with the day's price, in one statement. Raises Missing."""
    row = (
        Service.objects.filter(id=service_id)
        .annotate(
            subject_code=F("subject__code"),
            subject_name=F("subject__name"),
            device_name=F("device_model__name"),
            is_offered=Exists(ServiceSite.objects.filter(service=OuterRef("pk"), site=site_id)),
            price=price_subquery(site_id, on),
        )
        .values(*_FACTS, "subject_code", "subject_name", "device_name", "is_offered", "price")
        .first()
    )
    if row is None:
        raise Missing()
    return _facts(row)


def _facts(row: dict[str, Any]) -> ServiceFacts:
    return ServiceFacts(
        id=row["id"],
        code=row["code"],
        name=row["name"],
        subject=row["subject_code"],
        subject_name=row["subject_name"],
        level=row["level"],
        duration=timedelta(minutes=row["duration_minutes"]),
        prepare=timedelta(minutes=row["prepare_minutes"]),
        clean=timedelta(minutes=row["clean_minutes"]),
        room_kind=row["room_kind"],
        device_model_id=row["device_model_id"],
        device_model_name=row["device_name"] or "",
        needs_privilege=row["needs_privilege"],
        is_active=row["is_active"],
        is_offered=row["is_offered"],
        price_cents=row["price"],
    )


def price_subquery(site_id: UUID, on: date, service: str = "pk") -> Subquery:
    """The price in cents of the outer query's service at a site on a day, as `rules.price_on` finds it."""
    versions = PriceVersion.objects.filter(
        Q(site=site_id) | Q(site=None), service=OuterRef(service), effective_from__lte=on
    )
    return Subquery(versions.order_by(F("site").asc(nulls_last=True), "-effective_from").values("cents")[:1])


def price_on(service_id: UUID, site_id: UUID, day: date) -> int | None:
    """What a service costs at a site on a day, in cents; None where no price has started."""
    prices: QuerySet[Any, Any] = Service.objects.filter(id=service_id).annotate(
        price=price_subquery(site_id, day)
    )
    return next(iter(prices.values_list("price", flat=True)), None)


def services_for_site(actor: Actor, site_id: UUID, on: date | None = None) -> QuerySet[Service]:
    """The services in use that a site offers, by name; with a day each carries `price_cents`."""
    services = services_visible_to(actor).filter(offers__site=site_id, is_active=True)
    if on is not None:
        services = services.annotate(price_cents=price_subquery(site_id, on))
    return services.select_related("subject", "device_model").order_by("name", "id")


def services_for_catalogue(actor: Actor, *, text: str = "", retired: bool = False) -> QuerySet[Service]:
    """The services the actor may see, those in use or those retired, of a name or code."""
    services = services_visible_to(actor).filter(is_active=not retired)
    if text := text.strip():
        named = Q(name__icontains=text) | Q(name_en__icontains=text) | Q(code__icontains=text)
        services = services.filter(named)
    return services.select_related("subject", "device_model").order_by("subject__source", "name", "id")


def service_for(actor: Actor, service_id: UUID) -> Service:
    """One service. Raises Missing."""
    found = services_visible_to(actor).select_related("subject", "device_model").filter(id=service_id).first()
    if found is None:
        raise Missing()
    return found


def sites_of_service(service_id: UUID) -> list[UUID]:
    """Where a service is offered."""
    return list(ServiceSite.objects.filter(service=service_id).values_list("site", flat=True))


def prices_of_service(actor: Actor, service_id: UUID) -> QuerySet[PriceVersion]:
    """The price versions of a service that hold at the actor's sites, the newest first."""
    versions = PriceVersion.objects.filter(service=service_id)
    if not actor.is_system:
        versions = versions.filter(Q(site=None) | Q(site__in=list(actor.grants)))
    return versions.select_related("site", "set_by").order_by("-effective_from", "site__name")


def device_models() -> QuerySet[DeviceModel]:
    """All device models by name."""
    return DeviceModel.objects.order_by("name")


def device_model_for(actor: Actor, model_id: UUID) -> DeviceModel:
    """One device model, for those who maintain the catalogue. Raises Missing."""
    actor.require(MANAGE)
    model = DeviceModel.objects.filter(id=model_id).first()
    if model is None:
        raise Missing()
    return model
