"""Prices: a version is added from a day on and never overwritten."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liangyi.domains.catalogue.events import PriceSet
from liangyi.domains.catalogue.models import PriceVersion, Service
from liangyi.domains.catalogue.permissions import SET_PRICE
from liangyi.domains.catalogue.rules import MOST_CENTS
from liangyi.domains.organisation.errors import once
from liangyi.domains.organisation.permissions import require_for_group
from liangyi.domains.organisation.rules import Problems
from liangyi.platform import events
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.clock import HOME_ZONE, local_day
from liangyi.platform.errors import Missing

_TAKEN = {"catalogue_price_once_a_day": ("effective_from", _("这一天起已定过价，请选另一天"))}


def set_price(
    *, actor: Actor, at: datetime, service: UUID, cents: int, effective_from: date, site: UUID | None = None
) -> PriceVersion:
    """Let a service cost `cents` from today or a later day on, at one site or (without) at all.

    A site's own price goes before the group's. A version of the same day is never overwritten.
    """
    if site is None:
        require_for_group(actor, SET_PRICE)
    else:
        actor.require(SET_PRICE, site)
    zone = _zone(site)
    problems = Problems()
    problems.number("cents", cents, least=0, most=MOST_CENTS)
    problems.check(effective_from >= local_day(at, zone), "effective_from", _("只能从今天或以后生效"))
    problems.done()
    with once(**_TAKEN), recorded(actor):
        if not Service.objects.filter(id=service).exists():
            raise Missing()
        version = PriceVersion.objects.create(
            service_id=service, site_id=site, cents=cents, effective_from=effective_from, set_by_id=actor.id
        )
        events.publish(PriceSet(service, site, cents, effective_from, at))
    return version


def _zone(site: UUID | None) -> str:
    if site is None:
        return HOME_ZONE
    zone = Site.objects.filter(id=site).values_list("time_zone", flat=True).first()
    if zone is None:
        raise Missing()
    return zone
