"""GET services."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from ninja import Router, Schema

from liangyi.api.auth import ApiRequest
from liangyi.api.fields import After, Limit, keyset, site_of
from liangyi.api.problems import Problem
from liangyi.domains.catalogue import queries
from liangyi.domains.catalogue.models import Service
from liangyi.domains.organisation.queries import site_for
from liangyi.platform import clock

router = Router(tags=["catalogue"])


class ServiceOut(Schema):
    """A service that can be booked at the site. Durations are minutes, the price is in cents (分)."""

    id: UUID
    code: str
    name: str
    name_en: str
    subject: str
    level: int
    duration_minutes: int
    prepare_minutes: int
    clean_minutes: int
    room_kind: str
    notes: str
    price_cents: int | None


class ServicePage(Schema):
    """A page of services."""

    items: list[ServiceOut]
    next: str | None


@router.get(
    "/services",
    response={200: ServicePage, (400, 401, 403, 404, 422): Problem},
    operation_id="list_services",
    summary="The services a site offers, with today's price",
)
def list_services(
    request: ApiRequest, site: UUID | None = None, after: After = None, limit: Limit = 50
) -> dict[str, Any]:
    """In the order of their names."""
    place = site_for(request.auth, site_of(request.auth, site))
    today = clock.local_day(clock.now(), place.time_zone)
    offered = queries.services_for_site(request.auth, place.pk, today)
    services, following = keyset(offered, ("name", "id"), after, limit)
    return {"items": [_service(service) for service in services], "next": following}


def _service(service: Service) -> dict[str, Any]:
    plain = (
        "code name name_en level duration_minutes prepare_minutes clean_minutes room_kind notes price_cents"
    )
    fields = {name: getattr(service, name) for name in plain.split()}
    return fields | {"id": service.pk, "subject": service.subject.code}
