"""Appointment history from outside, as finished fact: no reservation, no gate, no message, no work."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from liangyi.domains.patients.enums import Sex
from liangyi.domains.patients.rules.entries import Pseudonym
from liangyi.domains.patients.services import register_pseudonyms
from liangyi.domains.scheduling.enums import AppointmentStatus, CancelReason, Channel
from liangyi.domains.scheduling.models import Appointment
from liangyi.domains.scheduling.permissions import BOOK
from liangyi.domains.scheduling.rules.history import contradictions
from liangyi.domains.scheduling.services.counting import CODES
from liangyi.domains.scheduling.subjects import APPOINTMENT
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.clock import local_day
from liangyi.platform.imports.fields import Field, choice, moment, text, whole_number
from liangyi.platform.imports.keeping import kept
from liangyi.platform.imports.maps import ImportMap, load_map
from liangyi.platform.imports.report import ImportReport
from liangyi.platform.imports.services import Row, run_import
from liangyi.platform.measures.services import mark_dirty

DEFAULT_MINUTES = 30
MOVED = "moved"
STATUSES = (
    AppointmentStatus.FINISHED,
    AppointmentStatus.NO_SHOW,
    AppointmentStatus.CANCELLED,
    MOVED,
)
FIELDS = (
    Field("outside_id", text(80), is_required=True),
    Field("person", text(80), is_required=True),
    Field("booked_at", moment, is_required=True),
    Field("starts_at", moment, is_required=True),
    Field("status", choice(*STATUSES), is_required=True),
    Field("minutes", whole_number(1, 1440)),
    Field("status_at", moment),
    Field("arrived_at", moment),
    Field("called_at", moment),
    Field("started_at", moment),
    Field("finished_at", moment),
    Field("sex", choice(*Sex.values)),
    Field("service", text(100)),
    Field("practitioner", text(100)),
    Field("channel", choice(*Channel.values)),
    Field("reason", choice(*CancelReason.values)),
    Field("replaces", text(80)),
)
BESIDE = ("service", "practitioner", "replaces")


def import_history(
    *, actor: Actor, at: datetime, site: Site, path: Path, map_path: Path, is_dry_run: bool = False
) -> ImportReport:
    """Take a file of past appointments in by a map; running it twice changes nothing.

    People are known by the outside id only: pseudonymous records, out of search and duplicate checks. A
    row that contradicts itself is reported by line and reason, the others land. Days are marked for
    counting under the map's source, apart from the clinic's own work. Each run, a dry one too, leaves a row
    about itself. Raises FileUnusable, MapUnusable.
    """
    actor.require(BOOK, site.pk)
    mapping = load_map(map_path, FIELDS, time_zone=site.time_zone)
    target = _History(actor, at, site, mapping)
    return kept(
        lambda report: run_import(
            path, mapping, FIELDS, target, identity="outside_id", check=target.problems, report=report
        ),
        actor=actor,
        at=at,
        site=site.pk,
        what=APPOINTMENT,
        path=path,
        source=mapping.source,
        is_dry_run=is_dry_run,
    )


class _History:
    """Where the rows land: appointments of one source at one site."""

    def __init__(self, actor: Actor, at: datetime, site: Site, mapping: ImportMap) -> None:
        self.actor, self.at, self.site, self.source = actor, at, site, mapping.source
        self.is_day_only = mapping.rules["starts_at"].precision == "day"

    def problems(self, row: Row) -> Iterable[tuple[str, str]]:
        """What in the row contradicts itself or lies ahead."""
        if row.values["starts_at"] > self.at:
            return [("starts_at", _("还没有发生"))]
        return contradictions(row.values, is_day_only=self.is_day_only, zone=self.site.time_zone)

    def known(self, ids: Collection[str]) -> set[str]:
        """Rows that landed before."""
        landed = Appointment.objects.filter(source=self.source, outside_id__in=ids)
        return set(landed.values_list("outside_id", flat=True))

    def save(self, rows: Sequence[Row]) -> None:
        """People, appointments and the days to be counted, in one transaction."""
        with recorded(self.actor, reason=_("导入历史 %(source)s") % {"source": self.source}):
            people = register_pseudonyms(
                actor=self.actor,
                at=self.at,
                site=self.site,
                source=self.source,
                people=[
                    Pseudonym(row.values["person"], row.values.get("sex") or Sex.UNKNOWN) for row in rows
                ],
            )
            made = [self._appointment(row, people) for row in rows]
            Appointment.objects.bulk_create(made)
            days = {local_day(each.starts_at, self.site.time_zone) for each in made}
            mark_dirty(CODES, self.site, self.source, days)

    def _appointment(self, row: Row, people: dict[str, Any]) -> Appointment:
        values = row.values
        is_moved = values["status"] == MOVED
        is_over = is_moved or values["status"] != AppointmentStatus.FINISHED
        return Appointment(
            site=self.site,
            patient_id=people[values["person"]],
            starts_at=values["starts_at"],
            ends_at=self._end(row),
            status=AppointmentStatus.CANCELLED if is_moved else values["status"],
            channel=values.get("channel") or Channel.OTHER,
            booked_at=values["booked_at"],
            arrived_at=values.get("arrived_at"),
            called_at=values.get("called_at"),
            started_at=values.get("started_at"),
            finished_at=values.get("finished_at"),
            closed_at=values.get("status_at") if is_over else None,
            close_reason=CancelReason.MOVED if is_moved else self._reason(row),
            source=self.source,
            outside_id=values["outside_id"],
            outside={name: values[name] for name in BESIDE if values.get(name)} | dict(row.kept),
            is_day_only=self.is_day_only,
        )

    def _end(self, row: Row) -> datetime:
        starts: datetime = row.values["starts_at"]
        if self.is_day_only:
            return starts
        return starts + timedelta(minutes=row.values.get("minutes") or DEFAULT_MINUTES)

    def _reason(self, row: Row) -> str:
        if row.values["status"] != AppointmentStatus.CANCELLED:
            return ""
        return row.values.get("reason") or CancelReason.OTHER
