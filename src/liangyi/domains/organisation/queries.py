"""Reads of the organisation: what the set-up screens list and what the gates of higher domains ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet
from django.db.models.functions import JSONObject

from liangyi.domains.organisation.enums import RoomKind
from liangyi.domains.organisation.models import (
    ClosingDay,
    Department,
    Institution,
    Licence,
    OpeningHours,
    Post,
    Room,
)
from liangyi.domains.organisation.permissions import rooms_visible_to, sites_visible_to
from liangyi.domains.organisation.rules import LicenceFacts, SiteFacts
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.errors import Missing


@dataclass(frozen=True)
class RoomFacts:
    """A bookable room: how many it serves at once, and for what it is meant."""

    id: UUID
    name: str
    kind: str
    lanes: int


def institution() -> Institution | None:
    """The group, or None before the first run."""
    return Institution.objects.first()


def site_facts(site_id: UUID, on: date) -> SiteFacts:
    """Everything the gates ask of a site on a day, in one statement. Raises Missing."""
    site = (
        Site.objects.filter(id=site_id)
        .annotate(
            code=F("profile__code"),
            licence_rows=ArraySubquery(_licence_rows()),
            closing_rows=ArraySubquery(_closing_rows(on)),
            hours_rows=ArraySubquery(_hours_rows()),
        )
        .values()
        .first()
    )
    if site is None:
        raise Missing()
    return SiteFacts(
        id=site["id"],
        name=site["name"],
        time_zone=site["time_zone"],
        code=site["code"] or "",
        is_active=site["is_active"],
        on=on,
        licences=tuple(_licence_facts(row) for row in site["licence_rows"]),
        closing_days={date.fromisoformat(row["day"]): row["reason"] for row in site["closing_rows"]},
        hours={
            row["weekday"]: (time.fromisoformat(row["opens"]), time.fromisoformat(row["closes"]))
            for row in site["hours_rows"]
        },
    )


def _licence_rows() -> QuerySet[Any, Any]:
    fields = ("number", "category", "max_level", "subjects", "valid_from", "valid_to")
    return (
        Licence.objects.filter(site=OuterRef("pk"))
        .order_by("-valid_to")
        .values(row=JSONObject(**{name: name for name in fields}))[:5]
    )


def _closing_rows(on: date) -> QuerySet[Any, Any]:
    days = ClosingDay.objects.filter(site=OuterRef("pk"), day__gte=on)
    return days.values(row=JSONObject(day="day", reason="reason"))


def _hours_rows() -> QuerySet[Any, Any]:
    return OpeningHours.objects.filter(site=OuterRef("pk")).values(
        row=JSONObject(weekday="weekday", opens="opens", closes="closes")
    )


def _licence_facts(row: dict[str, Any]) -> LicenceFacts:
    return LicenceFacts(
        number=row["number"],
        category=row["category"],
        max_level=row["max_level"],
        subjects=frozenset(row["subjects"]),
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]),
    )


def licence_in_force(site_id: UUID, on: date) -> Licence | None:
    """The licence a site works under on a day; the later start wins where two overlap."""
    in_force = Licence.objects.filter(site=site_id, valid_from__lte=on, valid_to__gte=on)
    return in_force.order_by("-valid_from").first()


def rooms_for(site_id: UUID, kind: str = "") -> list[RoomFacts]:
    """The rooms in use at a site, of one kind or of all, in the order of their names."""
    rooms = Room.objects.filter(site=site_id, is_active=True)
    if kind:
        rooms = rooms.filter(kind=kind)
    return [RoomFacts(*row) for row in rooms.order_by("name").values_list("id", "name", "kind", "lanes")]


def sites_for(actor: Actor) -> QuerySet[Site]:
    """The sites the actor works at, with their profiles."""
    return sites_visible_to(actor).select_related("profile").order_by("name")


def site_for(actor: Actor, site_id: UUID) -> Site:
    """One site the actor works at. Raises Missing."""
    site = sites_for(actor).filter(id=site_id).first()
    if site is None:
        raise Missing()
    return site


def rooms_for_site(actor: Actor, site: Site) -> QuerySet[Room]:
    """All rooms of a site, those in use first."""
    rooms = rooms_visible_to(actor).filter(site=site)
    return rooms.select_related("department__unit").order_by("-is_active", "name")


def room_for(actor: Actor, room_id: UUID) -> Room:
    """One room at one of the actor's sites. Raises Missing."""
    room = rooms_visible_to(actor).filter(id=room_id).select_related("site", "department").first()
    if room is None:
        raise Missing()
    return room


def licences_for_site(actor: Actor, site: Site) -> QuerySet[Licence]:
    """A site's licences, the newest first."""
    return Licence.objects.filter(site__in=sites_visible_to(actor)).filter(site=site).order_by("-valid_to")


def licence_for(actor: Actor, licence_id: UUID) -> Licence:
    """One licence of one of the actor's sites. Raises Missing."""
    licences = Licence.objects.filter(site__in=sites_visible_to(actor)).select_related("site")
    licence = licences.filter(id=licence_id).first()
    if licence is None:
        raise Missing()
    return licence


def departments_for_site(actor: Actor, site: Site) -> QuerySet[Department]:
    """A site's departments, those in use first."""
    departments = Department.objects.filter(unit__site__in=sites_visible_to(actor), unit__site=site)
    return departments.select_related("unit").order_by("-unit__is_active", "code")


def department_for(actor: Actor, department_id: UUID) -> Department:
    """One department at one of the actor's sites. Raises Missing."""
    departments = Department.objects.filter(unit__site__in=sites_visible_to(actor))
    department = departments.select_related("unit__site").filter(id=department_id).first()
    if department is None:
        raise Missing()
    return department


def posts() -> QuerySet[Post]:
    """The posts as defined for the group."""
    return Post.objects.order_by("name")


def post_for(actor: Actor, post_id: UUID) -> Post:
    """One post as defined; everybody on the staff may know it. Raises Missing."""
    post = Post.objects.filter(id=post_id).first()
    if post is None or not (actor.is_system or actor.grants):
        raise Missing()
    return post


def opening_hours_for_site(actor: Actor, site: Site) -> dict[int, tuple[time, time]]:
    """Weekday (1 is Monday) to opening and closing time; a missing weekday is closed."""
    rows = OpeningHours.objects.filter(site__in=sites_visible_to(actor), site=site)
    return {row.weekday: (row.opens, row.closes) for row in rows}


def closing_days_for_site(actor: Actor, site: Site, first: date) -> QuerySet[ClosingDay]:
    """The closing days of a site from a day on, the next first."""
    days = ClosingDay.objects.filter(site__in=sites_visible_to(actor), site=site, day__gte=first)
    return days.order_by("day")


def closing_day_for(actor: Actor, closing_day_id: UUID) -> ClosingDay:
    """One closing day at one of the actor's sites. Raises Missing."""
    days = ClosingDay.objects.filter(site__in=sites_visible_to(actor)).select_related("site")
    day = days.filter(id=closing_day_id).first()
    if day is None:
        raise Missing()
    return day


def bookable_room_kinds(site_id: UUID) -> set[RoomKind]:
    """The kinds of room in use at a site."""
    kinds = Room.objects.filter(site=site_id, is_active=True).values_list("kind", flat=True)
    return {RoomKind(kind) for kind in kinds.distinct()}
