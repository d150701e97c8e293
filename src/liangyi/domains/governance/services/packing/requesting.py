"""Asking for a pack, once or again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liangyi.domains.governance.enums import PackState
from liangyi.domains.governance.models import Inspection, Pack
from liangyi.domains.governance.permissions import PACK
from liangyi.domains.governance.queries.packs import chosen_clauses
from liangyi.domains.governance.rules.packing import LARGEST, LONGEST_DAYS
from liangyi.platform import jobs
from liangyi.platform.access.models import Site
from liangyi.platform.access.validation import check_row
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import log_read, recorded
from liangyi.platform.clock import local_day
from liangyi.platform.errors import Conflict, Invalid, Missing

JOB = "governance.make_pack"


def request_pack(
    *,
    actor: Actor,
    at: datetime,
    site: UUID,
    title: str,
    clauses: Sequence[UUID],
    first_day: date,
    last_day: date,
    inspection: UUID | None = None,
) -> Pack:
    """Ask for the evidence of these clauses (by id) at a site; a job makes it."""
    actor.require(PACK, site)
    place = Site.objects.filter(id=site).first()
    if place is None:
        raise Missing()
    _check_days(first_day, last_day, local_day(at, place.time_zone))
    chosen = _checked_clauses(actor, clauses)
    pack = Pack(
        site=place,
        title=title.strip(),
        first_day=first_day,
        last_day=last_day,
        clauses=chosen,
        inspection=_inspection(inspection, site),
        requested_by_id=actor.id,
        requested_at=at,
    )
    check_row(pack, exclude=["requested_by", "clauses"])
    with recorded(actor):
        pack.save()
        jobs.defer(JOB, id=pack.id)
    return pack


def retry_pack(*, actor: Actor, at: datetime, pack: UUID) -> Pack:
    """Try a failed one again."""
    with recorded(actor):
        row = Pack.objects.select_for_update(no_key=True).filter(id=pack).first()
        if row is None:
            raise Missing()
        actor.require(PACK, row.site_id)
        if row.state != PackState.FAILED:
            raise Conflict(_("这份证据包没有失败，不用重做"))
        row.state, row.error, row.done = PackState.WAITING, "", 0
        row.save(update_fields=["state", "error", "done"])
        jobs.defer(JOB, id=row.id)
    return row


def note_download(*, actor: Actor, at: datetime, pack: Pack) -> None:
    """Write down that somebody took the pack out of the house; what a guest opens is written down anyway."""
    if actor.reads_only:
        return
    log_read(
        actor=actor,
        at=at,
        subject_type="governance.pack",
        subject_id=pack.id,
        what="pack",
        site=pack.site_id,
    )


def _check_days(first: date, last: date, today: date) -> None:
    if last < first:
        raise Invalid({"last_day": [_("止日要不早于起日")]})
    if last > today:
        raise Invalid({"last_day": [_("还没有到这一天")]})
    if (last - first).days > LONGEST_DAYS:
        raise Invalid({"first_day": [_("最长三年")]})


def _checked_clauses(actor: Actor, clauses: Sequence[UUID]) -> list[str]:
    found = [str(clause.id) for clause in chosen_clauses(actor, clauses)]
    if not found:
        raise Invalid({"clauses": [_("请至少选择一条条款")]})
    if len(found) != len(set(clauses)):
        raise Missing()
    if len(found) > LARGEST:
        raise Invalid({"clauses": [_("一份最多 %(most)d 条") % {"most": LARGEST}]})
    return found


def _inspection(inspection: UUID | None, site: UUID) -> Inspection | None:
    if inspection is None:
        return None
    found = Inspection.objects.filter(id=inspection, site=site).first()
    if found is None:
        raise Missing()
    return found
