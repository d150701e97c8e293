"""What changes below do to appointments: those they hit become work for reception, reminders move."""

from __future__ import annotations

from liangyi.domains.organisation.events import (
    ClosingDayAdded,
    ClosingDayRemoved,
    OpeningHoursChanged,
    RoomClosed,
    RoomLanesChanged,
)
from liangyi.domains.patients.events import PatientsMerged, PatientsUnmerged
from liangyi.domains.scheduling.controls.declared import REMINDED
from liangyi.domains.scheduling.models import Appointment
from liangyi.domains.scheduling.services.rebooking import review
from liangyi.domains.scheduling.services.reminding import retime_reminders
from liangyi.domains.scheduling.services.reserving import hold_for_person
from liangyi.domains.staff.events import MemberLeft
from liangyi.platform.actors import system
from liangyi.platform.controls.events import ParameterChanged
from liangyi.platform.events import subscribe

SiteChange = ClosingDayAdded | ClosingDayRemoved | OpeningHoursChanged | RoomClosed | RoomLanesChanged


def review_site(event: SiteChange) -> None:
    """Every appointment of the site to come, against what is open now."""
    here = Appointment.objects.filter(site=event.site_id)
    review(here, actor=system("event:site_changed"), at=event.at)


def review_leaver(event: MemberLeft) -> None:
    """Every appointment with somebody after their last day."""
    gone = Appointment.objects.filter(practitioner=event.staff_id)
    review(gone, actor=system("event:member_left"), at=event.at)


def follow_person(event: PatientsMerged | PatientsUnmerged) -> None:
    """The time of a merged record is the time of the person it belongs to now."""
    hold_for_person(event.merged)


def remind_by_new_hours(event: ParameterChanged) -> None:
    """A policy sets other hours: what is queued goes by them, from the day on that they are in force."""
    if event.control == REMINDED.code:
        retime_reminders(actor=system("event:parameter_changed"), at=event.at, site=event.site_id)


subscribe(ClosingDayAdded, review_site)
subscribe(ClosingDayRemoved, review_site)
subscribe(OpeningHoursChanged, review_site)
subscribe(RoomClosed, review_site)
subscribe(RoomLanesChanged, review_site)
subscribe(MemberLeft, review_leaver)
subscribe(PatientsMerged, follow_person)
subscribe(PatientsUnmerged, follow_person)
subscribe(ParameterChanged, remind_by_new_hours, after_commit=True)
