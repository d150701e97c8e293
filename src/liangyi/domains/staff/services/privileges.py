"""The clinic's own authority to do a service (手术授权)."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liangyi.domains.catalogue.models import Service
from liangyi.domains.organisation.errors import once
from liangyi.domains.organisation.rules import Problems
from liangyi.domains.staff.events import PrivilegeGiven, PrivilegeWithdrawn
from liangyi.domains.staff.models import Privilege
from liangyi.domains.staff.permissions import GRANT_PRIVILEGE
from liangyi.domains.staff.rules import requirements
from liangyi.domains.staff.services.members import locked_member
from liangyi.platform import events
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.clock import HOME_ZONE, local_day
from liangyi.platform.errors import Conflict, Missing

_TAKEN = {"staff_privilege_once_a_day": ("valid_from", _("这一天起已有此项授权"))}


def grant_privilege(
    *, actor: Actor, at: datetime, member: UUID, service: UUID, valid_from: date, valid_to: date
) -> Privilege:
    """Authorise somebody to do a service, for two years at most ([CONV], data/requirements.toml)."""
    problems, longest = Problems(), requirements().longest_privilege
    problems.period("valid_to", valid_from, valid_to)
    problems.check(valid_to - valid_from <= longest, "valid_to", _("授权最长两年，到期重新评估"))
    problems.check(Service.objects.filter(id=service).exists(), "service", _("请从列表中选择"))
    problems.done()
    with once(**_TAKEN), recorded(actor):
        row = locked_member(actor, member, GRANT_PRIVILEGE)
        granted = Privilege.objects.create(
            staff=row, service_id=service, granted_by_id=actor.id, valid_from=valid_from, valid_to=valid_to
        )
        events.publish(PrivilegeGiven(row.id, service, at))
    return granted


def suspend_privilege(*, actor: Actor, at: datetime, privilege: UUID, reason: str) -> Privilege:
    """Withhold the authority from today on, until it is resumed."""
    problems = Problems()
    reason = problems.text("reason", reason, most=200)
    problems.done()
    with recorded(actor, reason=reason):
        row = _locked(actor, privilege)
        if row.suspended_on is not None:
            raise Conflict(_("授权已经暂停"))
        row.suspended_on, row.suspended_reason = local_day(at, HOME_ZONE), reason
        row.save()
        events.publish(PrivilegeWithdrawn(row.staff_id, row.service_id, at))
    return row


def resume_privilege(*, actor: Actor, at: datetime, privilege: UUID, reason: str = "") -> Privilege:
    """Give the authority back as it was; when it was suspended stays in history."""
    with recorded(actor, reason=reason):
        row = _locked(actor, privilege)
        row.suspended_on, row.suspended_reason = None, ""
        row.save()
        events.publish(PrivilegeGiven(row.staff_id, row.service_id, at))
    return row


def end_privilege(*, actor: Actor, at: datetime, privilege: UUID, reason: str = "") -> Privilege:
    """End the authority: yesterday was its last day. One that began today or later is taken back whole."""
    yesterday = local_day(at, HOME_ZONE) - timedelta(days=1)
    with recorded(actor, reason=reason):
        row = _locked(actor, privilege)
        if row.valid_to > yesterday:
            row.valid_to = max(yesterday, row.valid_from)
            if row.valid_from > yesterday:
                row.suspended_on, row.suspended_reason = row.valid_from, str(_("已收回"))
            row.save()
            events.publish(PrivilegeWithdrawn(row.staff_id, row.service_id, at))
    return row


def _locked(actor: Actor, privilege: UUID) -> Privilege:
    row = Privilege.objects.select_for_update().filter(id=privilege).first()
    if row is None:
        raise Missing()
    locked_member(actor, row.staff_id, GRANT_PRIVILEGE)
    return row
