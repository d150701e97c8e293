"""What changes below do to appointments: those they hit become work for reception, reminders move."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet

from liangyi.domains.facilities.events import EquipmentCalibrated, EquipmentRetired
from liangyi.domains.organisation.events import (
    ClosingDayAdded,
    ClosingDayRemoved,
    OpeningHoursChanged,
    RoomClosed,
    RoomLanesChanged,
)
from liangyi.domains.patients.enums import ConsentKind
from liangyi.domains.patients.events import ConsentWithdrawn, PatientsMerged, PatientsUnmerged
from liangyi.domains.patients.queries.people import person_for
from liangyi.domains.scheduling.controls.declared import REMINDED
from liangyi.domains.scheduling.models import Appointment
from liangyi.domains.scheduling.queries.standing import coming
from liangyi.domains.scheduling.services.rebooking import review
from liangyi.domains.scheduling.services.reminding import retime_reminders
from liangyi.domains.scheduling.services.reserving import hold_for_person
from liangyi.domains.scheduling.services.telling import call_instead
from liangyi.domains.staff.events import (
    CredentialChanged,
    CredentialRevoked,
    MemberLeft,
    PrivilegeGiven,
    PrivilegeWithdrawn,
)
from liangyi.platform.actors import system
from liangyi.platform.controls.events import ParameterChanged
from liangyi.platform.events import subscribe

PersonChange = MemberLeft | CredentialChanged | CredentialRevoked | PrivilegeGiven | PrivilegeWithdrawn
DeviceChange = EquipmentCalibrated | EquipmentRetired
SiteChange = ClosingDayAdded | ClosingDayRemoved | OpeningHoursChanged | RoomClosed | RoomLanesChanged


def review_site(event: SiteChange) -> None:
    """Every appointment of the site to come, against what is open now."""
    here = Appointment.objects.filter(site=event.site_id)
    review(here, actor=system("event:site_changed"), at=event.at)


def review_person(event: PersonChange) -> None:
    """Every appointment with somebody who left, or whose papers changed."""
    theirs = Appointment.objects.filter(practitioner=event.staff_id)
    review(theirs, actor=system("event:person_changed"), at=event.at)


def review_device(event: DeviceChange) -> None:
    """Every appointment for which the device is held."""
    with_it = Appointment.objects.filter(reservations__resource=event.equipment_id)
    review(with_it, actor=system("event:device_changed"), at=event.at)


def follow_person(event: PatientsMerged | PatientsUnmerged) -> None:
    """The time of a merged record is the time of the person it belongs to now, who may be booked twice."""
    hold_for_person(event.merged)
    theirs = _of_people(event.canonical, event.merged)
    review(theirs, actor=system("event:person_merged"), at=event.at)


def stop_mailing(event: ConsentWithdrawn) -> None:
    """Whoever agrees to no more messages gets none, reminders that wait included."""
    if event.kind != ConsentKind.MESSAGES:
        return
    person = person_for(event.patient)
    theirs = coming(_of_people(*(person.ids if person else ())), event.at)
    call_instead(theirs, actor=system("event:consent_withdrawn"), at=event.at)


def _of_people(*records: UUID) -> QuerySet[Appointment]:
    return Appointment.objects.filter(Q(patient__in=records) | Q(patient__canonical__in=records))


def remind_by_new_hours(event: ParameterChanged) -> None:
    """A policy sets other hours: what is queued goes by them, from the day on that they are in force."""
    if event.control == REMINDED.code:
        retime_reminders(actor=system("event:parameter_changed"), at=event.at, site=event.site_id)


subscribe(ClosingDayAdded, review_site)
subscribe(ClosingDayRemoved, review_site)
subscribe(OpeningHoursChanged, review_site)
subscribe(RoomClosed, review_site)
subscribe(RoomLanesChanged, review_site)
subscribe(MemberLeft, review_person)
subscribe(CredentialChanged, review_person)
subscribe(CredentialRevoked, review_person)
subscribe(PrivilegeGiven, review_person)
subscribe(PrivilegeWithdrawn, review_person)
subscribe(EquipmentCalibrated, review_device)
subscribe(EquipmentRetired, review_device)
subscribe(PatientsMerged, follow_person)
subscribe(PatientsUnmerged, follow_person)
subscribe(ConsentWithdrawn, stop_mailing)
subscribe(ParameterChanged, remind_by_new_hours, after_commit=True)
