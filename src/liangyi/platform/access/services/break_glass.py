"""An emergency look at a record that the actor's roles do not open, and its review by somebody else."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liangyi.platform import events
from liangyi.platform.access.errors import AlreadyReviewed
from liangyi.platform.access.events import BreakGlassOpened, BreakGlassReviewed
from liangyi.platform.access.models import BreakGlass
from liangyi.platform.access.permissions import BREAK_GLASS, REVIEW_BREAK_GLASS
from liangyi.platform.access.validation import written_reason
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import log_read, recorded
from liangyi.platform.errors import Denied, Missing
from liangyi.platform.subjects import Subject

OPEN_FOR = timedelta(hours=4)
SHORTEST_REASON = 5


def open_break_glass(*, actor: Actor, at: datetime, site: UUID, subject: Subject, reason: str) -> BreakGlass:
    """Open a record for four hours, for a written reason. It is logged and will be reviewed.

    Opening what is open already hands back that one.
    """
    actor.require(BREAK_GLASS, site)
    if actor.id is None:
        raise Denied(BREAK_GLASS)
    text = written_reason(reason, least=SHORTEST_REASON)
    subject_type, subject_id = subject
    with recorded(actor, reason=text):
        mine = BreakGlass.objects.filter(account=actor.id, subject_type=subject_type, subject_id=subject_id)
        if kept := mine.filter(expires_at__gt=at).first():
            return kept
        row = BreakGlass.objects.create(
            account_id=actor.id,
            site_id=site,
            subject_type=subject_type,
            subject_id=subject_id,
            reason=text,
            opened_at=at,
            expires_at=at + OPEN_FOR,
        )
        log_read(
            actor=actor,
            at=at,
            subject_type=subject_type,
            subject_id=subject_id,
            what="break_glass",
            site=site,
        )
        events.publish(BreakGlassOpened(row.pk, site, actor.id, actor.name, at))
    return row


def review_break_glass(*, actor: Actor, at: datetime, record: UUID, note: str) -> BreakGlass:
    """Another person's finding on an emergency look. Denied for whoever looked; AlreadyReviewed twice."""
    with recorded(actor):
        row = BreakGlass.objects.select_for_update(no_key=True).filter(pk=record).first()
        if row is None:
            raise Missing()
        actor.require(REVIEW_BREAK_GLASS, row.site_id)
        if actor.id is None or actor.id == row.account_id:
            raise Denied(REVIEW_BREAK_GLASS)
        if row.reviewed_at is not None:
            raise AlreadyReviewed(_("这次紧急查阅已由他人复核"))
        row.reviewed_by_id, row.reviewed_at = actor.id, at
        row.review_note = written_reason(note)
        row.save(update_fields=["reviewed_by", "reviewed_at", "review_note"])
        events.publish(BreakGlassReviewed(row.pk, actor, at))
    return row
