"""Two records of one person: a pointer joins them, and clearing it parts them again. No row moves."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from liangyi.domains.patients.enums import PaperKind
from liangyi.domains.patients.errors import RecordClosed, RecordMoved
from liangyi.domains.patients.events import PatientsMerged, PatientsUnmerged
from liangyi.domains.patients.models import IdentityPaper, Patient
from liangyi.domains.patients.permissions import MERGE, require_at_any
from liangyi.domains.patients.queries.people import Person, visible_person
from liangyi.domains.patients.services import checking
from liangyi.domains.patients.services.checking import Problems
from liangyi.domains.patients.services.opening import rebuild_tokens
from liangyi.platform import events
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.errors import Invalid, Missing


def merge_patients(*, actor: Actor, at: datetime, keep_id: UUID, merge_id: UUID, reason: str) -> Patient:
    """`merge_id` now stands for `keep_id` and is not found any more; returns the surviving record.

    Both must be seen, and MERGE held at a site of each. Refuses a record merged before (RecordMoved), a
    pseudonymous one, and two different resident identity numbers: those are two people.
    """
    why = _required(reason)
    with recorded(actor, reason=why):
        kept_person, merged_person = _may_merge(actor, keep_id), _may_merge(actor, merge_id)
        keep, merged = _locked(keep_id, merge_id)
        _check_one_person(kept_person, merged_person)
        merged.merged_into = keep
        merged.tokens = []
        for record in _records_of(merged):
            record.canonical = keep
            record.save(update_fields=["canonical", "merged_into", "tokens"])
            events.publish(PatientsMerged(record.pk, keep.pk, at))
        rebuild_tokens(keep.pk)
    keep.refresh_from_db()
    return keep


def unmerge_patients(*, actor: Actor, at: datetime, merged_id: UUID, reason: str) -> Patient:
    """The merged record is a person of its own again, found as before; returns it."""
    why = _required(reason)
    with recorded(actor, reason=why):
        records = _locked_all(_may_merge(actor, merged_id))
        merged = records[merged_id]
        if merged.canonical_id is None:
            raise RecordMoved(_("这份档案没有被合并，或者已经恢复"))
        former, merged.merged_into = merged.canonical_id, None
        for record in _merged_through(merged, records):
            record.canonical = merged if record.pk != merged.pk else None
            record.save(update_fields=["canonical", "merged_into"])
            events.publish(PatientsUnmerged(record.pk, former, at))
        rebuild_tokens(merged.pk)
        rebuild_tokens(former)
    merged.refresh_from_db()
    return merged


def _required(reason: str) -> str:
    problems = Problems()
    why = problems.take("reason", checking.required_text, reason, 200, _("请填写原因"))
    problems.stop()
    return why or ""


def _may_merge(actor: Actor, patient_id: UUID) -> Person:
    person = visible_person(actor, patient_id)
    require_at_any(actor, MERGE, person.sites)
    return person


def _locked(keep_id: UUID, merge_id: UUID) -> tuple[Patient, Patient]:
    rows = {
        row.pk: row
        for row in Patient.objects.select_for_update().filter(pk__in=[keep_id, merge_id]).order_by("pk")
    }
    if keep_id == merge_id:
        raise Invalid({"merge_id": [_("不能把档案合并到它自己")]})
    if len(rows) < 2:
        raise Missing()
    if any(row.canonical_id for row in rows.values()):
        raise RecordMoved(_("其中一份档案已被合并，请先打开合并后的档案"))
    if any(row.is_pseudonymous for row in rows.values()):
        raise RecordClosed(_("导入的匿名历史不能合并"))
    return rows[keep_id], rows[merge_id]


def _locked_all(person: Person) -> dict[UUID, Patient]:
    return {
        row.pk: row for row in Patient.objects.select_for_update().filter(pk__in=person.ids).order_by("pk")
    }


def _records_of(merged: Patient) -> list[Patient]:
    """The record about to be merged and those merged into it before, locked."""
    return [merged, *Patient.objects.select_for_update().filter(canonical=merged).order_by("pk")]


def _merged_through(merged: Patient, records: Mapping[UUID, Patient]) -> list[Patient]:
    """`merged` and whatever came to the person by way of it."""
    found = [merged]
    for record in found:
        found += [other for other in records.values() if other.merged_into_id == record.pk]
    return found


def _check_one_person(kept: Person, merged: Person) -> None:
    shown = IdentityPaper.objects.filter(kind=PaperKind.RESIDENT_ID)
    mine = set(shown.filter(patient__in=kept.ids).values_list("blind", flat=True))
    theirs = set(shown.filter(patient__in=merged.ids).values_list("blind", flat=True))
    if mine and theirs and not mine & theirs:
        raise Invalid({"": [_("两份档案的身份证号不同，是两个人；如有一份登记错了，请先更正证件")]})
