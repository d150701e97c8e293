"""Inspections, and what inspectors have looked at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from liangyi.domains.governance.models import Inspection
from liangyi.domains.governance.permissions import INSPECT
from liangyi.platform.actors import Actor
from liangyi.platform.audit.models import ReadLog
from liangyi.platform.errors import Missing

PAGE = 50


def inspections_visible_to(actor: Actor) -> QuerySet[Inspection]:
    """Those of the sites where the actor opens them; an inspector sees their own."""
    rows = Inspection.objects.select_related("site", "account", "opened_by")
    if actor.is_system:
        return rows
    return rows.filter(Q(site__in=actor.sites_with(INSPECT)) | Q(account=actor.id))


def inspections_for_list(
    actor: Actor, site: UUID, *, after: UUID | None = None, limit: int = PAGE
) -> Sequence[Inspection]:
    """A site's inspections, newest first, each with how often something was looked at as `looks`."""
    looks = (
        ReadLog.objects.filter(actor_id=OuterRef("account"))
        .order_by()
        .values("actor_id")
        .annotate(n=Count("id"))
        .values("n")
    )
    rows = inspections_visible_to(actor).filter(site=site).order_by("-id")
    if after is not None:
        rows = rows.filter(id__lt=after)
    return list(rows.annotate(looks=Coalesce(Subquery(looks), 0))[:limit])


def inspection_for(actor: Actor, inspection: UUID) -> Inspection:
    """One inspection; Missing when it is not there or not for this actor."""
    found = inspections_visible_to(actor).filter(id=inspection).first()
    if found is None:
        raise Missing()
    return found


def own_inspection(actor: Actor, at: datetime) -> Inspection:
    """The inspection that the actor is here for; Missing for everybody else."""
    found = Inspection.objects.select_related("site", "account", "opened_by").filter(
        account=actor.id, valid_from__lte=at, valid_until__gt=at, ended_at=None
    )
    row = found.order_by("-id").first()
    if row is None:
        raise Missing()
    return row


def looks_of(inspection: Inspection, *, after: str = "", limit: int = PAGE) -> list[ReadLog]:
    """What the inspector has opened, newest first, or what follows a key (`look_key`).

    Whoever asks has been given the inspection.
    """
    rows = ReadLog.objects.filter(actor_id=inspection.account_id).order_by("-at", "-id")
    moment, _line, number = after.rpartition("_")
    try:
        at, row_id = datetime.fromisoformat(moment), int(number)
    except ValueError:
        return list(rows[:limit])
    return list(rows.filter(Q(at__lt=at) | Q(at=at, id__lt=row_id))[:limit])


def look_key(look: ReadLog) -> str:
    """What asks for the looks after this one."""
    return f"{look.at.isoformat()}_{look.pk}"
