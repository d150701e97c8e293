"""What the shell's pages show."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liangyi.platform.access.models import Account, Role
from liangyi.platform.actors import Actor
from liangyi.platform.errors import Missing
from liangyi.platform.worklist.permissions import items_visible_to
from liangyi.platform.worklist.queries import MyWork, WorkCard, cards_for


@dataclass(frozen=True)
class WorkRow:
    """A work item as a line: the card and who has it."""

    card: WorkCard
    who: Any


@dataclass(frozen=True)
class WorkGroup:
    """One heading of my work with its lines."""

    code: str
    title: Any
    rows: list[WorkRow]


def work_groups(work: MyWork, actor: Actor) -> list[WorkGroup]:
    """Late, due today and next; an empty group is left out."""
    roles = {role.code: role for role in Role.objects.all()} if work.late or work.today or work.next else {}
    named = [
        ("late", _("已逾期"), work.late),
        ("today", _("今天"), work.today),
        ("next", _("接下来"), work.next),
    ]
    return [
        WorkGroup(code, title, [_row(card, actor, roles) for card in cards])
        for code, title, cards in named
        if cards
    ]


def card_for(actor: Actor, item: UUID) -> WorkCard:
    """One open work item as `actor` sees it. Raises Missing."""
    found = items_visible_to(actor).filter(id=item, done_at=None, cancelled_at=None).first()
    if found is None:
        raise Missing()
    return cards_for(actor, [found])[0]


def people_for(actor: Actor, item: UUID) -> list[tuple[str, str]]:
    """Who works at the item's site and could take it: (id, name), by name."""
    site = items_visible_to(actor).filter(id=item).values("site")[:1]
    people = Account.objects.filter(
        Q(grants__site__in=site) | Q(grants__site=None), grants__isnull=False, is_active=True, ended_at=None
    ).distinct()
    return [(str(person.id), person.display_name) for person in people.order_by("display_name")]


def _row(card: WorkCard, actor: Actor, roles: Mapping[str, Role]) -> WorkRow:
    if card.assignee is not None:
        return WorkRow(card, _("我") if card.assignee == actor.id else "")
    return WorkRow(card, roles.get(card.role, card.role))
