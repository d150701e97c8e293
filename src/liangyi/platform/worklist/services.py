"""Opening, finishing, cancelling and handing over work."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from liangyi.platform.access.models import Account, Grant, Site
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.errors import Conflict, Invalid, Missing
from liangyi.platform.statements import insert
from liangyi.platform.subjects import Subject
from liangyi.platform.worklist.kinds import by_hand, kinds, needs_note, not_by
from liangyi.platform.worklist.models import WorkItem
from liangyi.platform.worklist.permissions import ASSIGN, can_finish


@dataclass(frozen=True)
class Due:
    """Work to be opened: its kind, by when, and the facts its title shows."""

    kind: str
    due_at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Personal:
    """Work for one person, on a subject of its own."""

    kind: str
    site: UUID
    subject: Subject
    assignee: UUID
    due_at: datetime
    facts: Mapping[str, Any] = field(default_factory=dict)


def open_personal_items(wanted: Sequence[Personal], *, actor: Actor, at: datetime) -> int:
    """Open work for many people. What is open already stays unchanged. One statement; how many it were."""
    items = [
        _item(work.kind, at, work.site, work.subject, "", work.assignee, work.due_at, work.facts)
        for work in wanted
    ]
    with recorded(actor):
        return insert(items)


def open_items_about(
    subject: Subject,
    dues: Sequence[Due],
    *,
    actor: Actor,
    at: datetime,
    site: UUID,
    role: str,
) -> None:
    """Open several kinds of work on one subject for a role. What is open already stays unchanged.
    One statement."""
    items = [_item(due.kind, at, site, subject, role, None, due.due_at, due.facts) for due in dues]
    if items:
        with recorded(actor):
            insert(items)


def open_item(
    *,
    actor: Actor,
    at: datetime,
    kind: str,
    site: Site | UUID,
    subject: Subject,
    role: str = "",
    assignee: Account | UUID | None = None,
    due_at: datetime,
    facts: Mapping[str, Any] | None = None,
) -> WorkItem:
    """Open work of a registered kind for a role or a person; while one is open for the same subject,
    that one is handed back unchanged. Two statements."""
    site_id = site.id if isinstance(site, Site) else site
    assignee_id = assignee.id if isinstance(assignee, Account) else assignee
    item = _item(kind, at, site_id, subject, role, assignee_id, due_at, facts or {})
    with recorded(actor):
        while True:
            WorkItem.objects.bulk_create([item], ignore_conflicts=True)
            found = open_items(subject, kind).first()
            if found is not None:
                return found


def finish_item(*, actor: Actor, at: datetime, item: UUID, note: str = "") -> WorkItem:
    """Mark an item done. Missing if the actor may not see it, Conflict if it is closed already, Invalid
    for work that is done on its own page, that is not for the actor, or that lacks the note it needs."""
    with recorded(actor):
        found = _open_and_locked(item)
        if not can_finish(actor, found):
            raise Missing()
        if not by_hand(found.kind):
            raise Invalid({"": [_("这一项要在它自己的页面上完成。")]})
        if actor.id in not_by(found):
            raise Invalid({"": [_("这一项要由没有参与的人完成，请转交。")]})
        if needs_note(found.kind) and not note.strip():
            raise Invalid({"note": [_("请写明处理结果。")]})
        found.done_at, found.done_by_id, found.note = at, _account(actor), note
        found.save(update_fields=["done_at", "done_by", "note"])
    return found


def assign_item(*, actor: Actor, item: UUID, assignee: UUID) -> WorkItem:
    """Hand an item to a person who works at its site: then it is theirs alone. Invalid for others."""
    with recorded(actor):
        found = _open_and_locked(item)
        if not can_finish(actor, found):
            actor.require(ASSIGN, found.site_id)
        if found.assignee_id is not None and not by_hand(found.kind):
            raise Invalid({"assignee": [_("这一项只能由本人完成。")]})
        if not _works_at(assignee, found.site_id):
            raise Invalid({"assignee": [_("此人不在该院区任职。")]})
        found.assignee_id = assignee
        found.save(update_fields=["assignee"])
    return found


def finish_for(subject: Subject, kind: str, *, actor: Actor, at: datetime) -> int:
    """The work on a subject is done (the caller has checked the right to do it). Returns how many."""
    with recorded(actor):
        return open_items(subject, kind).update(done_at=at, done_by=_account(actor))


def cancel_for(subject: Subject, kind: str | None = None, *, actor: Actor, at: datetime) -> int:
    """The reason for work on a subject has gone: of one kind, or all. Returns how many."""
    with recorded(actor):
        return open_items(subject, kind).update(cancelled_at=at)


def cancel_for_many(
    subject_type: str, ids: Collection[UUID], kind: str, *, actor: Actor, at: datetime
) -> int:
    """The reason for one kind of work on many subjects has gone. One statement; how many it were."""
    with recorded(actor):
        return WorkItem.objects.filter(
            kind=kind, subject_type=subject_type, subject_id__in=ids, done_at=None, cancelled_at=None
        ).update(cancelled_at=at)


def open_items(subject: Subject, kind: str | None = None) -> QuerySet[WorkItem]:
    """What is open on a subject."""
    found = WorkItem.objects.filter(
        subject_type=subject[0], subject_id=subject[1], done_at=None, cancelled_at=None
    )
    return found.filter(kind=kind) if kind else found


def _item(
    kind: str,
    at: datetime,
    site: UUID,
    subject: Subject,
    role: str,
    assignee: UUID | None,
    due_at: datetime,
    facts: Mapping[str, Any],
) -> WorkItem:
    if kind not in kinds():
        raise LookupError(f"no work kind {kind}")
    return WorkItem(
        kind=kind,
        site_id=site,
        subject_type=subject[0],
        subject_id=subject[1],
        role=role,
        assignee_id=assignee,
        facts=dict(facts),
        opened_at=at,
        due_at=due_at,
    )


def _open_and_locked(item: UUID) -> WorkItem:
    found = WorkItem.objects.select_for_update().filter(id=item).first()
    if found is None:
        raise Missing()
    if found.done_at or found.cancelled_at:
        raise Conflict()
    return found


def _works_at(account: UUID, site: UUID) -> bool:
    here = Q(site=None) | Q(site=site)
    return Grant.objects.filter(here, account=account, account__is_active=True).exists()


def _account(actor: Actor) -> UUID | None:
    return actor.id if actor.kind == "staff" else None
