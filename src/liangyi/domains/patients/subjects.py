"""Patients as a subject of worklist, verdicts and history."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from liangyi.domains.patients.models import Patient
from liangyi.domains.patients.queries.people import SUBJECT, is_visible, people_for
from liangyi.platform import subjects
from liangyi.platform.actors import Actor


def labels(ids: Collection[UUID]) -> dict[UUID, str]:
    """Names, by the records asked for."""
    return dict(Patient.objects.filter(pk__in=ids).values_list("pk", "name"))


def url(patient_id: UUID) -> str:
    """The chart."""
    return f"/patients/{patient_id}/"


def visible(actor: Actor, ids: Collection[UUID]) -> set[UUID]:
    """Those registered, under any of their records, where the actor may look."""
    return {asked for asked, person in people_for(ids).items() if is_visible(actor, person)}


subjects.register(SUBJECT, label=labels, url=url, may_see=visible)
