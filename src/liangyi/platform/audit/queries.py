"""Reading history and the log of sensitive reads."""

from __future__ import annotations

from uuid import UUID

from django.db.models import QuerySet

from liangyi.platform.actors import Actor
from liangyi.platform.audit.models import History, ReadLog
from liangyi.platform.audit.permissions import VIEW_READS


def history_of(table: str, row_id: UUID | str) -> QuerySet[History]:
    """Every change of one row, newest first. Whoever shows it checks that the row may be seen."""
    return History.objects.filter(table=table, row_id=str(row_id)).order_by("-id")


def reads_visible_to(actor: Actor) -> QuerySet[ReadLog]:
    """The logged reads at the sites whose log the actor may see, newest first."""
    reads = ReadLog.objects.order_by("-at", "-id")
    if actor.is_system:
        return reads
    return reads.filter(site_id__in=actor.sites_with(VIEW_READS))
