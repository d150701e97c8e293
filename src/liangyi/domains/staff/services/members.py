"""People join, change and leave."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liangyi.domains.organisation.rules import Problems
from liangyi.domains.staff.enums import Profession
from liangyi.domains.staff.events import MemberLeft
from liangyi.domains.staff.models import StaffMember
from liangyi.domains.staff.permissions import MANAGE, require_over
from liangyi.domains.staff.services.accounts import NewAccount, end_account_of, open_account_for
from liangyi.platform import events
from liangyi.platform.access.models import Site, Unit
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.clock import HOME_ZONE, local_day
from liangyi.platform.errors import Missing
from liangyi.platform.search.tokens import pinyin_key


def add_member(
    *,
    actor: Actor,
    at: datetime,
    site: UUID,
    name: str,
    profession: str,
    title: str = "",
    unit: UUID | None = None,
    hired_on: date | None = None,
    account: NewAccount | None = None,
) -> StaffMember:
    """Somebody joins a site's staff; with `account` they can sign in at once, holding its roles there."""
    actor.require(MANAGE, site)
    member = StaffMember(
        site_id=site, name=name, profession=profession, title=title, unit_id=unit, hired_on=hired_on
    )
    _check(member)
    with recorded(actor):
        if not Site.objects.filter(id=site).exists():
            raise Missing()
        member.save()
        if account is not None:
            open_account_for(member, account, site, actor=actor, at=at)
    return member


def change_member(
    *,
    actor: Actor,
    at: datetime,
    member: UUID,
    name: str,
    profession: str,
    title: str = "",
    unit: UUID | None = None,
    hired_on: date | None = None,
) -> StaffMember:
    """Correct what is known of somebody."""
    with recorded(actor):
        row = locked_member(actor, member)
        row.name, row.profession, row.title = name, profession, title
        row.unit_id, row.hired_on = unit, hired_on
        _check(row)
        row.save()
    return row


def end_employment(
    *, actor: Actor, at: datetime, member: UUID, left_on: date, reason: str = ""
) -> StaffMember:
    """Somebody leaves; `left_on` is their last day. Once it is past their account ends by itself.

    What they are booked for after that day is listed by scheduling.
    """
    problems = Problems()
    with recorded(actor, reason=reason):
        row = locked_member(actor, member)
        problems.period("left_on", row.hired_on or left_on, left_on)
        problems.done()
        row.left_on = left_on
        row.save()
        if left_on < local_day(at, HOME_ZONE):
            end_account_of(row, actor=actor, at=at)
        events.publish(MemberLeft(row.id, left_on, at))
    return row


def locked_member(actor: Actor, member: UUID, permission: str = MANAGE) -> StaffMember:
    """The person, locked for a change. Raises Missing or Denied."""
    row = StaffMember.objects.select_for_update().filter(id=member).first()
    if row is None:
        raise Missing()
    require_over(actor, permission, row)
    return row


def _check(member: StaffMember) -> None:
    problems = Problems()
    member.name = problems.text("name", member.name, most=60)
    member.title = problems.text("title", member.title, most=40, required=False)
    member.profession = problems.choice("profession", member.profession, Profession.values)
    member.pinyin = pinyin_key(member.name)[:200]
    if member.unit_id is not None:
        units = Unit.objects.filter(id=member.unit_id)
        if member.site_id is not None:
            units = units.filter(site=member.site_id)
        problems.check(units.exists(), "unit", _("请选择本院区的科室"))
    problems.done()
