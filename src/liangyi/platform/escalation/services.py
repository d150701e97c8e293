"""Telling the director of what stays undone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import override

from liangyi.platform.access.models import Account, Grant
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.escalation.notices import LATE_WORK
from liangyi.platform.messages.services import IN_APP, Outgoing, queue_many
from liangyi.platform.worklist.kinds import title_of
from liangyi.platform.worklist.models import WorkItem
from liangyi.platform.worklist.schedule import escalate_due

DIRECTOR = "director"


def escalate(*, actor: Actor, at: datetime) -> int:
    """Mark what is overdue for too long, and tell the directors of its site once. Returns how many items."""
    with recorded(actor, reason="escalation"):
        items = escalate_due(actor=actor, at=at)
        directors = _directors_of({item.site_id for item in items})
        messages = [_message(item, account) for item in items for account in directors[item.site_id]]
        queue_many(messages, actor=actor, at=at)
    return len(items)


def _directors_of(sites: Iterable[UUID]) -> dict[UUID, list[Account]]:
    grants = list(
        Grant.objects.filter(role__code=DIRECTOR, account__is_active=True, account__ended_at=None)
        .select_related("account")
        .order_by("account_id")
    )
    found: dict[UUID, list[Account]] = defaultdict(list)
    for site in sites:
        accounts = {grant.account_id: grant.account for grant in grants if grant.site_id in (None, site)}
        found[site] = list(accounts.values())
    return found


def _message(item: WorkItem, account: Account) -> Outgoing:
    due = item.due_at.astimezone(ZoneInfo(item.site.time_zone))
    with override(account.language):
        title = title_of(item)
    return Outgoing(
        key=f"{LATE_WORK.code}:{item.id}:{account.id}",
        template=LATE_WORK.code,
        channel=IN_APP,
        account=account,
        site=item.site_id,
        params={"title": title, "due": f"{due:%Y-%m-%d %H:%M}"},
        subject=(item.subject_type, item.subject_id),
    )
