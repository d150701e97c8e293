"""Looking at a policy again when its time comes round."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from liangyi.domains.governance.enums import MilestoneKind
from liangyi.domains.governance.models import Policy
from liangyi.domains.governance.permissions import MAINTAIN
from liangyi.domains.governance.queries.life import policies_coming_round, version_in_force
from liangyi.domains.governance.services.life import (
    REVIEW_CONTROL,
    REVIEW_KIND,
    locked_policy,
    mark,
    next_review,
)
from liangyi.domains.governance.subjects import POLICY
from liangyi.platform.actors import Actor
from liangyi.platform.approvals.queries import site_with
from liangyi.platform.audit.services import recorded
from liangyi.platform.clock import HOME_ZONE, local_day
from liangyi.platform.controls.queries import parameter
from liangyi.platform.errors import Conflict, Invalid
from liangyi.platform.worklist.services import finish_for, open_item

OWNER = "quality"
END_OF_DAY = time(18)


def confirm_review(*, actor: Actor, at: datetime, policy: UUID, note: str) -> Policy:
    """Looked at again, and it still fits: the next review is a period from today. A note says on what
    grounds. Conflict for a policy that is not in force."""
    actor.require(MAINTAIN)
    if not note.strip():
        raise Invalid({"note": [_("写明复审依据")]})
    with recorded(actor, reason=note):
        found = locked_policy(policy)
        version = version_in_force(found)
        if version is None:
            raise Conflict(_("这份制度没有施行中的版本"))
        found.review_due_on = next_review(found, local_day(at, HOME_ZONE))
        found.save(update_fields=["review_due_on"])
        finish_for((POLICY, found.id), REVIEW_KIND, actor=actor, at=at)
        mark(found, MilestoneKind.REVIEWED, actor, at, version=version, note=note)
    return found


def open_due_reviews(*, actor: Actor, at: datetime) -> int:
    """Open work for every policy whose review comes near; what is open already stays. How many."""
    today = local_day(at, HOME_ZONE)
    days = int(parameter(REVIEW_CONTROL, "days_before", None, today))
    policies = policies_coming_round(today + timedelta(days=days))
    site = site_with(OWNER) if policies else None
    if site is None:
        return 0
    with recorded(actor, reason=REVIEW_CONTROL):
        for policy in policies:
            due = datetime.combine(policy.review_due_on or today, END_OF_DAY, ZoneInfo(site.time_zone))
            open_item(
                actor=actor,
                at=at,
                kind=REVIEW_KIND,
                site=site,
                subject=(POLICY, policy.id),
                role=OWNER,
                due_at=due,
                facts={"title": policy.title},
            )
    return len(policies)
