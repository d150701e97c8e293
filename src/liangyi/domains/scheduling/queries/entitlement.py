"""Which booked appointments their practitioner or device will not be entitled to on the day, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from django.utils.text import format_lazy as said
from django.utils.translation import gettext_lazy as _

from liangyi.domains.facilities.models import Equipment
from liangyi.domains.facilities.rules import is_calibrated
from liangyi.domains.facilities.subjects import EQUIPMENT
from liangyi.domains.scheduling.enums import ResourceKind
from liangyi.domains.scheduling.models import Appointment, Reservation
from liangyi.domains.scheduling.rules.wording import uncalibrated, unlicensed, withheld
from liangyi.domains.staff.queries import practitioner_facts
from liangyi.domains.staff.rules import PractitionerFacts, is_licensed_for, is_privileged_for
from liangyi.domains.staff.subjects import MEMBER


class Lapse(NamedTuple):
    """Who or what is not entitled (subject type, id), and why in words."""

    cause: tuple[str, UUID]
    text: Any


@dataclass(frozen=True)
class Entitlements:
    """The papers of the practitioners and the devices held, as they stand now."""

    people: dict[UUID, PractitionerFacts]
    pieces: dict[UUID, Equipment]

    @classmethod
    def read(cls, coming: Sequence[Appointment]) -> Entitlements:
        """Two statements for appointments in the order of their start, with service and subject read."""
        staff = {a.practitioner_id for a in coming if a.practitioner_id is not None}
        held = Reservation.objects.filter(appointment__in=coming, kind=ResourceKind.EQUIPMENT)
        devices = dict(held.values_list("appointment", "resource"))
        pieces = Equipment.objects.select_related("model").in_bulk(set(devices.values())) if devices else {}
        return cls(
            practitioner_facts(staff, coming[0].starts_at.date()),
            {appointment: pieces[piece] for appointment, piece in devices.items() if piece in pieces},
        )

    def lapses(self, appointment: Appointment, day: date) -> Iterator[Lapse]:
        """What will be missing on the day; nothing if all is in order."""
        person = self.people.get(appointment.practitioner_id) if appointment.practitioner_id else None
        if person is not None:
            yield from _of_person(person, appointment, day)
        piece = self.pieces.get(appointment.id)
        if piece is not None:
            yield from _of_piece(piece, day)


def _of_person(person: PractitionerFacts, appointment: Appointment, day: date) -> Iterator[Lapse]:
    service, cause = appointment.service, (MEMBER, person.id)
    if service is None:
        return
    subject = service.subject
    missing = is_licensed_for(person.credentials, person.profession, appointment.site_id, subject.code, day)
    if missing:
        names = {"practitioner": person.name, "site": appointment.site.name, "subject": subject.name}
        yield Lapse(cause, unlicensed(missing, **names))
    if service.needs_privilege and (held_back := is_privileged_for(person.privileges, service.id, day)):
        yield Lapse(cause, withheld(held_back, practitioner=person.name, service=service.name))


def _of_piece(piece: Equipment, day: date) -> Iterator[Lapse]:
    cause, due = (EQUIPMENT, piece.id), piece.calibration_due
    if not piece.is_active:
        yield Lapse(cause, said(_("设备“{name}”已停用"), name=piece.name))
    elif not is_calibrated(
        needs_calibration=piece.model.calibration_months is not None, calibration_due=due, on=day
    ):
        yield Lapse(cause, uncalibrated(piece.name, due))
