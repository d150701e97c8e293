"""What changes below do to appointments: those they hit become work for reception."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from liangyi.domains.organisation.events import (
    ClosingDayAdded,
    ClosingDayRemoved,
    OpeningHoursChanged,
    RoomClosed,
)
from liangyi.domains.scheduling.models import Appointment
from liangyi.domains.scheduling.services.rebooking import review
from liangyi.domains.staff.events import MemberLeft
from liangyi.platform.actors import system
from liangyi.platform.events import subscribe


def review_site(event: ClosingDayAdded | ClosingDayRemoved | OpeningHoursChanged | RoomClosed) -> None:
    """Every appointment of the site to come, against what is open now."""
    _review(event.at, site=event.site_id)


def review_leaver(event: MemberLeft) -> None:
    """Every appointment with somebody after their last day."""
    gone = Appointment.objects.filter(practitioner=event.staff_id)
    review(gone, actor=system("event:member_left"), at=event.at)


def _review(at: datetime, *, site: UUID) -> None:
    review(Appointment.objects.filter(site=site), actor=system("event:site_changed"), at=at)


subscribe(ClosingDayAdded, review_site)
subscribe(ClosingDayRemoved, review_site)
subscribe(OpeningHoursChanged, review_site)
subscribe(RoomClosed, review_site)
subscribe(MemberLeft, review_leaver)
