"""Leave for inspectors: opened for one site until an hour that is named, ended early where need be."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liangyi.domains.governance.models import Inspection
from liangyi.domains.governance.permissions import INSPECT
from liangyi.domains.governance.rules.inspecting import LONGEST, trouble_with_times
from liangyi.platform.access import services as access
from liangyi.platform.access.validation import check_row, written_reason
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.errors import Invalid, Missing

ROLE = "inspector"
_TROUBLES = {
    "past": ("valid_until", _("时间已经过去")),
    "order": ("valid_until", _("结束要晚于开始")),
    "long": ("valid_until", _("最长 %(days)d 天") % {"days": LONGEST.days}),
}


class Opened(NamedTuple):
    """What was opened; `password` is shown this once."""

    inspection: Inspection
    username: str
    password: str


def open_inspection(
    *,
    actor: Actor,
    at: datetime,
    site: UUID,
    organisation: str,
    inspector: str,
    reason: str,
    valid_from: datetime,
    valid_until: datetime,
    language: str = "zh-hans",
) -> Opened:
    """An account for an inspector who reads one site's policies and evidence, and changes nothing."""
    actor.require(INSPECT, site)
    if trouble := trouble_with_times(at, valid_from, valid_until):
        field, text = _TROUBLES[trouble]
        raise Invalid({field: [text]})
    names = {"organisation": organisation.strip(), "inspector": inspector.strip()}
    if empty := [field for field, text in names.items() if not text]:
        raise Invalid({field: [_("请填写")] for field in empty})
    why = written_reason(reason)
    with recorded(actor, reason=why):
        guest = access.create_guest(
            actor=actor,
            at=at,
            permission=INSPECT,
            site=site,
            role=ROLE,
            display_name=names["inspector"],
            valid_from=valid_from,
            valid_until=valid_until,
            language=language,
        )
        opened = Inspection(
            site_id=site,
            account=guest.account,
            organisation=names["organisation"],
            reason=why,
            opened_by_id=actor.id,
            opened_at=at,
            valid_from=valid_from,
            valid_until=valid_until,
        )
        check_row(opened, exclude=["opened_by"])
        opened.save()
    return Opened(opened, guest.account.username, guest.password)


def end_inspection(*, actor: Actor, at: datetime, inspection: UUID) -> Inspection:
    """End it now: the account, its sessions and tokens end with it. Twice changes nothing."""
    with recorded(actor):
        row = Inspection.objects.select_for_update(no_key=True).filter(id=inspection).first()
        if row is None or not (actor.is_system or actor.may(INSPECT, row.site_id)):
            raise Missing()
        access.end_guest(actor=actor, at=at, permission=INSPECT, site=row.site_id, account=row.account_id)
        if row.ended_at is None and at < row.valid_until:
            row.ended_at = at
            row.save(update_fields=["ended_at"])
    return row
