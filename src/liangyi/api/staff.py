"""GET practitioners."""

from __future__ import annotations

from uuid import UUID

from ninja import Router, Schema

from liangyi.api.auth import ApiRequest
from liangyi.api.fields import After, Limit, page_in_memory, site_of
from liangyi.api.problems import Problem
from liangyi.domains.catalogue.queries import service_for
from liangyi.domains.organisation.queries import site_for
from liangyi.domains.staff import queries
from liangyi.domains.staff.permissions import SEE
from liangyi.platform import clock

router = Router(tags=["staff"])


class PractitionerOut(Schema):
    """Somebody who treats patients."""

    id: UUID
    name: str
    profession: str
    title: str


class PractitionerPage(Schema):
    """A page of practitioners."""

    items: list[PractitionerOut]
    next: str | None


@router.get(
    "/practitioners",
    response={200: PractitionerPage, (400, 401, 403, 404, 422): Problem},
    operation_id="list_practitioners",
    summary="Who is licensed and privileged for a service at a site today",
)
def list_practitioners(
    request: ApiRequest, service: UUID, site: UUID | None = None, after: After = None, limit: Limit = 50
) -> dict[str, object]:
    """In the order of their names in pinyin."""
    actor = request.auth
    place = site_for(actor, site_of(actor, site))
    actor.require(SEE, place.pk)
    offered = service_for(actor, service)
    people = queries.practitioners_for(offered.pk, place.pk, clock.local_day(clock.now(), place.time_zone))
    items, following = page_in_memory(people, after, limit)
    return {"items": items, "next": following}
