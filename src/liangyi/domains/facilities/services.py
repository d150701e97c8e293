"""Every change to equipment."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liangyi.domains.catalogue.models import DeviceModel
from liangyi.domains.facilities.events import EquipmentCalibrated, EquipmentRetired
from liangyi.domains.facilities.models import Calibration, Equipment
from liangyi.domains.facilities.permissions import CALIBRATE, MANAGE
from liangyi.domains.facilities.rules import add_months
from liangyi.domains.organisation.errors import once
from liangyi.domains.organisation.models import Room
from liangyi.domains.organisation.rules import Problems
from liangyi.domains.staff.models import StaffMember
from liangyi.platform import events
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.clock import HOME_ZONE, local_day
from liangyi.platform.errors import Invalid, Missing

_TAKEN = {"facilities_serial_once": ("serial", _("这个型号已有同一序列号的设备"))}


def add_equipment(
    *,
    actor: Actor,
    at: datetime,
    site: UUID,
    model: UUID,
    name: str,
    serial: str,
    room: UUID | None = None,
    keeper: UUID | None = None,
) -> Equipment:
    """Add a piece to a site. If its model needs calibration it is bookable once one is recorded."""
    actor.require(MANAGE, site)
    piece = Equipment(site_id=site, model_id=model, name=name, serial=serial, room_id=room, keeper_id=keeper)
    with once(**_TAKEN), recorded(actor):
        if not Site.objects.filter(id=site).exists():
            raise Missing()
        _check(piece)
        piece.save()
    return piece


def change_equipment(
    *,
    actor: Actor,
    at: datetime,
    equipment: UUID,
    name: str,
    serial: str,
    room: UUID | None = None,
    keeper: UUID | None = None,
) -> Equipment:
    """Correct a piece's name, serial number, place or keeper."""
    with once(**_TAKEN), recorded(actor):
        row = _locked(actor, equipment, MANAGE)
        row.name, row.serial, row.room_id, row.keeper_id = name, serial, room, keeper
        _check(row)
        row.save()
    return row


def retire_equipment(*, actor: Actor, at: datetime, equipment: UUID, reason: str = "") -> Equipment:
    """Take a piece out of use for good; what it is booked for is listed by scheduling."""
    with recorded(actor, reason=reason):
        row = _locked(actor, equipment, MANAGE)
        if row.is_active:
            row.is_active = False
            row.save()
            events.publish(EquipmentRetired(row.id, row.site_id, at))
    return row


def record_calibration(
    *,
    actor: Actor,
    at: datetime,
    equipment: UUID,
    done_on: date,
    certificate: str,
    due_on: date | None = None,
) -> Calibration:
    """Note a calibration that was done. Without `due_on` the model's period gives the next due day.

    The piece is due by its newest calibration, whatever the order of entry.
    """
    problems = Problems()
    certificate = problems.text("certificate", certificate, most=60)
    problems.check(done_on <= local_day(at, HOME_ZONE), "done_on", _("校准日期不能在将来"))
    problems.done()
    with recorded(actor):
        row = _locked(actor, equipment, CALIBRATE)
        due = due_on or _next_due(row, done_on)
        if due is None:
            raise Invalid({"due_on": [_("型号没有校准周期，请填写下次到期")]})
        problems.check(due > done_on, "due_on", _("下次到期须晚于校准日期"))
        problems.done()
        calibration = Calibration.objects.create(
            equipment=row, done_on=done_on, due_on=due, certificate=certificate, recorded_by_id=actor.id
        )
        newest = row.calibrations.order_by("-done_on", "-id")[0]
        row.calibration_due = newest.due_on
        row.save()
        events.publish(EquipmentCalibrated(row.id, row.site_id, newest.due_on, at))
    return calibration


def _next_due(piece: Equipment, done_on: date) -> date | None:
    months = piece.model.calibration_months
    return None if months is None else add_months(done_on, months)


def _locked(actor: Actor, equipment: UUID, permission: str) -> Equipment:
    pieces = Equipment.objects.select_for_update(of=("self",)).select_related("model")
    row = pieces.filter(id=equipment).first()
    if row is None:
        raise Missing()
    actor.require(permission, row.site_id)
    return row


def _check(piece: Equipment) -> None:
    problems = Problems()
    piece.name = problems.text("name", piece.name, most=60)
    piece.serial = problems.text("serial", piece.serial, most=60)
    known = DeviceModel.objects.filter(id=piece.model_id).exists()
    problems.check(known, "model", _("请从列表中选择"))
    if piece.room_id is not None:
        here = Room.objects.filter(id=piece.room_id, site=piece.site_id).exists()
        problems.check(here, "room", _("请选择本院区的房间"))
    if piece.keeper_id is not None:
        problems.check(StaffMember.objects.filter(id=piece.keeper_id).exists(), "keeper", _("请从列表中选择"))
    problems.done()
