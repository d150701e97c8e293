"""GET sites."""

from __future__ import annotations

from uuid import UUID

from ninja import Router, Schema

from liangyi.api.auth import ApiRequest
from liangyi.api.fields import After, Limit, keyset
from liangyi.api.problems import Problem
from liangyi.domains.organisation import queries
from liangyi.platform.access.models import Site

router = Router(tags=["organisation"])


class SiteOut(Schema):
    """A site the account works at."""

    id: UUID
    name: str
    name_en: str
    code: str
    time_zone: str
    address: str
    phone: str


class SitePage(Schema):
    """A page of sites."""

    items: list[SiteOut]
    next: str | None


@router.get(
    "/sites",
    response={200: SitePage, (400, 401, 422): Problem},
    operation_id="list_sites",
    summary="The sites the account works at",
)
def list_sites(request: ApiRequest, after: After = None, limit: Limit = 50) -> dict[str, object]:
    """In the order of their names."""
    sites, following = keyset(queries.sites_for(request.auth), ("name", "id"), after, limit)
    return {"items": [_site(site) for site in sites], "next": following}


def _site(site: Site) -> dict[str, object]:
    profile = getattr(site, "profile", None)
    return {
        "id": site.pk,
        "name": site.name,
        "name_en": site.name_en,
        "code": profile.code if profile else "",
        "time_zone": site.time_zone,
        "address": profile.address if profile else "",
        "phone": profile.phone if profile else "",
    }
