"""Who holds which post where."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liangyi.domains.organisation.models import Post
from liangyi.domains.organisation.rules import Problems
from liangyi.domains.staff.models import PostHeld
from liangyi.domains.staff.permissions import MANAGE
from liangyi.domains.staff.services.members import locked_member
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.errors import Missing


def hold_post(
    *,
    actor: Actor,
    at: datetime,
    member: UUID,
    post: UUID,
    site: UUID,
    held_from: date,
    held_to: date | None = None,
) -> PostHeld:
    """Somebody takes a post at a site for a time. Two times of one post may not overlap."""
    actor.require(MANAGE, site)
    problems = Problems()
    problems.check(Post.objects.filter(id=post).exists(), "post", _("请从列表中选择"))
    problems.check(Site.objects.filter(id=site).exists(), "site", _("请从列表中选择"))
    problems.period("held_to", held_from, held_to)
    problems.done()
    with recorded(actor):
        row = locked_member(actor, member)
        others = PostHeld.objects.filter(staff=row, post=post, site=site)
        clash = any(_overlap(held_from, held_to, other) for other in others)
        problems.check(not clash, "held_from", _("这段时间已任此岗位"))
        problems.done()
        return PostHeld.objects.create(
            staff=row, post_id=post, site_id=site, held_from=held_from, held_to=held_to
        )


def end_post(*, actor: Actor, at: datetime, held: UUID, held_to: date) -> PostHeld:
    """Somebody gives a post up; `held_to` is the last day."""
    with recorded(actor):
        row = PostHeld.objects.select_for_update().filter(id=held).first()
        if row is None:
            raise Missing()
        locked_member(actor, row.staff_id)
        actor.require(MANAGE, row.site_id)
        problems = Problems()
        problems.period("held_to", row.held_from, held_to)
        problems.done()
        row.held_to = held_to
        row.save()
    return row


def _overlap(first: date, last: date | None, other: PostHeld) -> bool:
    return (other.held_to is None or other.held_to >= first) and (last is None or other.held_from <= last)
