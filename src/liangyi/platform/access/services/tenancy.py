"""The bare tree of sites and units."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID
from zoneinfo import available_timezones

from django.utils.translation import gettext_lazy as _

from liangyi.platform.access.models import Grant, Role, Site, Unit
from liangyi.platform.access.permissions import MANAGE_ACCOUNTS, MANAGE_SITES
from liangyi.platform.access.validation import check_row
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.clock import HOME_ZONE
from liangyi.platform.errors import Invalid, Missing


def create_site(
    *, actor: Actor, at: datetime, name: str, name_en: str = "", time_zone: str = HOME_ZONE
) -> Site:
    """Found a site. Whoever founds it also administers it, unless a grant for the whole group does."""
    actor.require(MANAGE_SITES)
    site = Site(name=name.strip(), name_en=name_en.strip(), time_zone=time_zone)
    _check_site(site)
    with recorded(actor):
        site.save()
        _let_administer(actor, site)
    return site


def change_site(
    *, actor: Actor, at: datetime, site: UUID, name: str, name_en: str, time_zone: str, is_active: bool = True
) -> Site:
    """Rename a site, move its clock, or close it: a closed one gives nobody any right."""
    actor.require(MANAGE_SITES, site)
    with recorded(actor):
        row = Site.objects.select_for_update(no_key=True).filter(pk=site).first()
        if row is None:
            raise Missing()
        row.name, row.name_en, row.time_zone = name.strip(), name_en.strip(), time_zone
        row.is_active = is_active
        _check_site(row)
        row.save()
    return row


def create_unit(*, actor: Actor, at: datetime, site: UUID, name: str, parent: UUID | None = None) -> Unit:
    """Add a unit to a site, below another unit of the same site if `parent` is given."""
    actor.require(MANAGE_SITES, site)
    unit = Unit(site_id=site, name=name.strip(), parent_id=parent)
    _check_parent(unit)
    check_row(unit)
    with recorded(actor):
        unit.save()
    return unit


def change_unit(*, actor: Actor, at: datetime, unit: UUID, name: str, is_active: bool = True) -> Unit:
    """Rename a unit or close it."""
    with recorded(actor):
        row = Unit.objects.select_for_update(no_key=True).filter(pk=unit).first()
        if row is None:
            raise Missing()
        actor.require(MANAGE_SITES, row.site_id)
        row.name, row.is_active = name.strip(), is_active
        check_row(row)
        row.save()
    return row


def _check_site(site: Site) -> None:
    if site.time_zone not in available_timezones():
        raise Invalid({"time_zone": [_("没有这个时区")]})
    check_row(site)


def _check_parent(unit: Unit) -> None:
    if unit.parent_id and not Unit.objects.filter(pk=unit.parent_id, site=unit.site_id).exists():
        raise Invalid({"parent": [_("上级科室不在这个院区")]})


def _let_administer(actor: Actor, site: Site) -> None:
    held = Grant.objects.filter(account=actor.id, role__permissions__contains=[MANAGE_ACCOUNTS])
    if actor.id is None or held.filter(site=None).exists():
        return
    for role in Role.objects.filter(grants__in=held).distinct():
        Grant.objects.create(account_id=actor.id, role=role, site=site)
