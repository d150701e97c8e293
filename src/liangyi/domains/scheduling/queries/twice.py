"""Which booked appointments their patient cannot come to, being expected elsewhere: records were merged."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.text import format_lazy as said
from django.utils.translation import gettext_lazy as _

from liangyi.domains.scheduling.models import Appointment
from liangyi.domains.scheduling.rules.ladder import HOLDING


@dataclass(frozen=True)
class Twice:
    """All that the patients of some appointments are booked for, by person."""

    of: dict[UUID, list[Appointment]]

    @classmethod
    def read(cls, coming: Sequence[Appointment]) -> Twice:
        """One statement."""
        people = {_person(appointment) for appointment in coming}
        standing = Appointment.objects.filter(
            Q(patient__in=people) | Q(patient__canonical__in=people),
            source="",
            status__in=HOLDING,
            ends_at__gt=coming[0].starts_at,
        )
        of: dict[UUID, list[Appointment]] = defaultdict(list)
        for appointment in standing.select_related("patient", "service"):
            of[_person(appointment)].append(appointment)
        return cls(of)

    def troubles(self, appointment: Appointment) -> list[Any]:
        """The appointments booked before it that overlap: it is the later one that has to move."""
        return [
            said(
                _("{patient}同一时间另有预约：{service}"),
                patient=appointment.patient.name,
                service=other.service.name if other.service else "",
            )
            for other in self.of.get(_person(appointment), ())
            if _age(other) < _age(appointment)
            and other.starts_at < appointment.ends_at
            and appointment.starts_at < other.ends_at
        ]


def _person(appointment: Appointment) -> UUID:
    return appointment.patient.canonical_id or appointment.patient_id


def _age(appointment: Appointment) -> tuple[Any, UUID]:
    return appointment.booked_at, appointment.id
