"""What the catalogue's set-up pages show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from liangyi.domains.catalogue import queries
from liangyi.domains.catalogue.models import PriceVersion, Service
from liangyi.domains.organisation import queries as organisation
from liangyi.domains.organisation.rules import SiteFacts
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.web.organisation.fields import shown_name, today_at
from liangyi.web.organisation.forms import LEVELS
from liangyi.web.organisation.pages import State
from liangyi.web.shell.paging import page_of

STATES = [("", _("在用")), ("retired", _("已停用"))]


@dataclass(frozen=True)
class ServiceRow:
    """A service at the active site: its price today, and why it cannot be booked, if so."""

    service: Service
    price: int | None
    level: Any
    problem: Any


@dataclass(frozen=True)
class PriceRow:
    """A price version and how it stands at the active site today."""

    version: PriceVersion
    state: State


def service_list(actor: Actor, site: Site, asked: QueryDict, at: datetime) -> dict[str, Any]:
    """A page of the services of one state and name: five statements."""
    today, text = today_at(site, at), asked.get("q", "")[:60].replace("\x00", "")
    services = queries.services_for_catalogue(actor, text=text, retired=asked.get("state") == "retired")
    services = services.annotate(price_cents=queries.price_subquery(site.id, today))
    found = page_of(services.prefetch_related("offers"), ("subject__source", "name"), asked.get("after", ""))
    facts = organisation.site_facts(site.id, today)
    return {
        "rows": [_row(service, facts) for service in found.rows],
        "next": found.next,
        "states": STATES,
        "q": text,
    }


def _row(service: Any, facts: SiteFacts) -> ServiceRow:
    offered = {offer.site_id for offer in service.offers.all()}
    level = dict(LEVELS)[str(service.level)] if service.level else ""
    return ServiceRow(service, service.price_cents, level, problem_of(service, offered, facts))


def problem_of(service: Service, offered: set[UUID], facts: SiteFacts) -> Any:
    """Why a service in use cannot be booked at a site as things stand; empty if it can."""
    if facts.id not in offered:
        return _("本院区不提供")
    if service.subject.code not in facts.subjects:
        return _("不在许可科目内")
    if service.level > facts.max_level:
        return _("超出许可级别")
    return ""


def service_context(actor: Actor, service: Service, site: Site, at: datetime) -> dict[str, Any]:
    """A service's page with its prices through time."""
    today = today_at(site, at)
    facts = organisation.site_facts(site.id, today)
    sites = queries.sites_of_service(service.id)
    names = organisation.sites_for(actor).filter(id__in=sites)
    prices = list(queries.prices_of_service(actor, service.id))
    return {
        "service": service,
        "level": dict(LEVELS)[str(service.level)],
        "sites": [shown_name(each) for each in names],
        "prices": _price_rows(prices, today),
        "problem": problem_of(service, set(sites), facts) if service.is_active else "",
    }


def _price_rows(prices: list[PriceVersion], today: date) -> list[PriceRow]:
    """Newest first; of those started the newest of each site (and of the group) is the one that holds."""
    rows, seen = [], set()
    for version in prices:
        if version.effective_from > today:
            state = State(_("将生效"), "info")
        elif version.site_id in seen:
            state = State(_("已被取代"), "quiet")
        else:
            seen.add(version.site_id)
            state = State(_("现价"), "good")
        rows.append(PriceRow(version, state))
    return rows
