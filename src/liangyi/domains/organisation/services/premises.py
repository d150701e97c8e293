"""Departments and rooms."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from liangyi.domains.organisation.enums import RoomKind
from liangyi.domains.organisation.errors import once
from liangyi.domains.organisation.events import RoomClosed, RoomLanesChanged
from liangyi.domains.organisation.models import Department, Room
from liangyi.domains.organisation.permissions import MANAGE
from liangyi.domains.organisation.rules import Problems
from liangyi.platform import events
from liangyi.platform.access import services as access
from liangyi.platform.access.models import Site, Unit
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.errors import Invalid, Missing

MOST_LANES = 50
_DEPARTMENT_TAKEN = {"access_unit_name_once_a_site": ("name", _("本院区已有同名科室"))}
_ROOM_TAKEN = {"organisation_room_name_once_a_site": ("name", _("本院区已有同名房间"))}


def add_department(
    *, actor: Actor, at: datetime, site: UUID, name: str, code: str, parent: UUID | None = None
) -> Department:
    """Add a department to a site, below the unit `parent` if given."""
    actor.require(MANAGE, site)
    name, code = _checked_department(name, code)
    with once(**_DEPARTMENT_TAKEN), recorded(actor):
        _check_name_free(Unit.objects.filter(site=site, name=name))
        unit = access.create_unit(actor=actor, at=at, site=site, name=name, parent=parent)
        return Department.objects.create(unit=unit, code=code)


def change_department(
    *, actor: Actor, at: datetime, department: UUID, name: str, code: str, is_active: bool = True
) -> Department:
    """Rename a department, or close it; a closed one is offered nowhere any more."""
    name, code = _checked_department(name, code)
    with once(**_DEPARTMENT_TAKEN), recorded(actor):
        row = Department.objects.select_for_update(of=("self",)).select_related("unit").filter(id=department)
        found = row.first()
        if found is None:
            raise Missing()
        actor.require(MANAGE, found.unit.site_id)
        namesakes = Unit.objects.filter(site=found.unit.site_id, name=name)
        _check_name_free(namesakes.exclude(id=found.unit_id))
        found.unit = access.change_unit(
            actor=actor, at=at, unit=found.unit_id, name=name, is_active=is_active
        )
        found.code = code
        found.save()
    return found


def add_room(
    *,
    actor: Actor,
    at: datetime,
    site: UUID,
    name: str,
    kind: str,
    lanes: int = 1,
    department: UUID | None = None,
) -> Room:
    """Add a room that can be reserved; `lanes` is how many people it serves at once."""
    actor.require(MANAGE, site)
    room = Room(site_id=site, name=name, kind=kind, lanes=lanes, department_id=department)
    _check_room(room)
    with once(**_ROOM_TAKEN), recorded(actor):
        if not Site.objects.filter(id=site).exists():
            raise Missing()
        room.save()
    return room


def change_room(
    *,
    actor: Actor,
    at: datetime,
    room: UUID,
    name: str,
    kind: str,
    lanes: int,
    department: UUID | None = None,
) -> Room:
    """Rename a room, or change what it is for and how many it serves at once."""
    with once(**_ROOM_TAKEN), recorded(actor):
        row = _locked_room(actor, room)
        before = row.lanes
        row.name, row.kind, row.lanes, row.department_id = name, kind, lanes, department
        _check_room(row)
        row.save()
        if before != row.lanes:
            events.publish(RoomLanesChanged(row.id, row.site_id, before, row.lanes, at))
    return row


def close_room(*, actor: Actor, at: datetime, room: UUID) -> Room:
    """Take a room out of use; what is booked in it stays and is listed by scheduling."""
    with recorded(actor):
        row = _locked_room(actor, room)
        if row.is_active:
            row.is_active = False
            row.save()
            events.publish(RoomClosed(row.id, row.site_id, at))
    return row


def reopen_room(*, actor: Actor, at: datetime, room: UUID) -> Room:
    """Take a room into use again."""
    with recorded(actor):
        row = _locked_room(actor, room)
        row.is_active = True
        row.save()
    return row


def _locked_room(actor: Actor, room: UUID) -> Room:
    row = Room.objects.select_for_update().filter(id=room).first()
    if row is None:
        raise Missing()
    actor.require(MANAGE, row.site_id)
    return row


def _check_name_free(namesakes: QuerySet[Unit]) -> None:
    if namesakes.exists():
        field, sentence = _DEPARTMENT_TAKEN["access_unit_name_once_a_site"]
        raise Invalid({field: [sentence]})


def _checked_department(name: str, code: str) -> tuple[str, str]:
    problems = Problems()
    name = problems.text("name", name, most=100)
    code = problems.text("code", code, most=20)
    problems.done()
    return name, code


def _check_room(room: Room) -> None:
    problems = Problems()
    room.name = problems.text("name", room.name, most=60)
    room.kind = problems.choice("kind", room.kind, RoomKind.values)
    room.lanes = problems.number("lanes", room.lanes, least=1, most=MOST_LANES)
    if room.department_id:
        here = Department.objects.filter(id=room.department_id, unit__site=room.site_id).exists()
        problems.check(here, "department", _("请选择本院区的科室"))
    problems.done()
