"""What somebody has to do."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from liangyi.platform import subjects
from liangyi.platform.actors import Actor
from liangyi.platform.subjects import SubjectLabel
from liangyi.platform.worklist.kinds import by_hand, kinds, title_of
from liangyi.platform.worklist.models import WorkItem
from liangyi.platform.worklist.permissions import roles_at
from liangyi.platform.worklist.rules import Urgency, urgency

SHOWN = 200
COUNTED = 100


@dataclass(frozen=True)
class WorkCard:
    """An item as one reader sees it."""

    id: UUID
    kind: str
    title: str
    url: str
    subject: SubjectLabel
    opened_at: datetime
    due_at: datetime
    role: str
    assignee: UUID | None
    is_escalated: bool
    by_hand: bool = True

    @property
    def may_pass_on(self) -> bool:
        """Whether somebody else could do it."""
        return self.by_hand or self.assignee is None


@dataclass(frozen=True)
class MyWork:
    """Everything open for one actor, the most pressing first: overdue, due today, later."""

    late: list[WorkCard]
    today: list[WorkCard]
    next: list[WorkCard]


@dataclass(frozen=True)
class WorkCounts:
    """Numbers for the badge, counted up to COUNTED."""

    late: int
    today: int


def my_work(actor: Actor, at: datetime) -> MyWork:
    """The SHOWN most pressing items for the actor, in a number of statements that depends on how many
    types of subject there are and not on how many items."""
    items = list(open_items_for(actor).select_related("site").order_by("due_at", "id")[:SHOWN])
    groups: dict[Urgency, list[WorkCard]] = {Urgency.LATE: [], Urgency.TODAY: [], Urgency.NEXT: []}
    for item, card in zip(items, cards_for(actor, items), strict=True):
        groups[urgency(item.due_at, at, item.site.time_zone)].append(card)
    return MyWork(groups[Urgency.LATE], groups[Urgency.TODAY], groups[Urgency.NEXT])


def count_my_work(actor: Actor, at: datetime) -> WorkCounts:
    """How much is late and how much is due today, in one statement."""
    rows = open_items_for(actor).order_by("due_at").values_list("due_at", "site__time_zone")[:COUNTED]
    found = [urgency(due_at, at, zone) for due_at, zone in rows]
    return WorkCounts(found.count(Urgency.LATE), found.count(Urgency.TODAY))


def open_items_for(actor: Actor) -> QuerySet[WorkItem]:
    """My own items wherever I work, and those nobody has taken for my roles at my active site."""
    if actor.kind != "staff":
        return WorkItem.objects.none()
    mine = Q(assignee=actor.id, site__in=list(actor.grants))
    roles = roles_at(actor, actor.site)
    if roles:
        mine |= Q(site=actor.site, assignee=None, role__in=sorted(roles))
    return WorkItem.objects.filter(mine, done_at=None, cancelled_at=None)


def cards_for(actor: Actor, items: Iterable[WorkItem]) -> list[WorkCard]:
    """The items as `actor` sees them, in the same order."""
    items = list(items)
    labels = subjects.labels(actor, {(item.subject_type, item.subject_id) for item in items})
    return [_card(item, labels[item.subject_type, item.subject_id]) for item in items]


def _card(item: WorkItem, subject: SubjectLabel) -> WorkCard:
    kind = kinds().get(item.kind)
    return WorkCard(
        id=item.id,
        kind=item.kind,
        title=title_of(item),
        url=kind.url(item) if kind else subject.url,
        subject=subject,
        opened_at=item.opened_at,
        due_at=item.due_at,
        role=item.role,
        assignee=item.assignee_id,
        is_escalated=item.escalated_at is not None,
        by_hand=by_hand(item.kind),
    )
