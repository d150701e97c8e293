"""Builds a small clinic from models, for the tests of scheduling, consultation and the races."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from liangyi.domains.catalogue.models import DeviceModel, PriceVersion, Service, ServiceSite, Subject
from liangyi.domains.facilities.models import Equipment
from liangyi.domains.organisation.models import ClosingDay, Licence, OpeningHours, Room
from liangyi.domains.patients.models import Consent, ConsentText, Guardian, Patient, Registration
from liangyi.domains.scheduling.models import RotaRule
from liangyi.domains.staff.models import Credential, CredentialSite, StaffMember
from liangyi.platform import actors
from liangyi.platform.access.models import Site
from liangyi.platform.audit.services import recorded

SETUP = actors.system("test")
SHANGHAI = ZoneInfo("Asia/Shanghai")
MONDAY = date(2026, 11, 23)
LONG_AGO = date(2020, 1, 1)
_numbers = count(1)


def local(day: date, clock: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    """`local(MONDAY, "09:30")` in the site's zone."""
    return datetime.combine(day, time.fromisoformat(clock), zone)


@dataclass
class Clinic:
    """The first site with one doctor, one room and one service; more by the methods."""

    site: Site
    subject: Subject
    doctor: StaffMember = field(init=False)
    room: Room = field(init=False)
    service: Service = field(init=False)
    patient: Patient = field(init=False)

    def add_doctor(self, name: str = "王医生", *, licensed: bool = True, **fields: Any) -> StaffMember:
        with recorded(SETUP):
            doctor = StaffMember.objects.create(
                name=name, pinyin=f"{next(_numbers):04d}", profession=fields.pop("profession", "doctor")
            )
            if licensed:
                self.license(doctor, **fields)
            for weekday in range(1, 7):
                RotaRule.objects.create(
                    staff=doctor,
                    site=self.site,
                    weekday=weekday,
                    starts=time(9),
                    ends=time(17),
                    valid_from=LONG_AGO,
                )
        return doctor

    def license(self, doctor: StaffMember, **fields: Any) -> Credential:
        places = fields.pop("places", [self.site])
        values = {"kind": "doctor_licence", "issued_on": LONG_AGO, "subjects": [self.subject.code]} | fields
        with recorded(SETUP):
            paper = Credential.objects.create(staff=doctor, number=f"L{next(_numbers)}", **values)
            for place in places:
                CredentialSite.objects.create(credential=paper, site=place)
        return paper

    def add_room(self, name: str, kind: str = "treatment", lanes: int = 1) -> Room:
        with recorded(SETUP):
            return Room.objects.create(site=self.site, name=name, kind=kind, lanes=lanes)

    def add_service(self, name: str = "皮肤治疗", **fields: Any) -> Service:
        values = {"duration_minutes": 30, "room_kind": "treatment", "subject": self.subject} | fields
        with recorded(SETUP):
            service = Service.objects.create(code=f"s{next(_numbers)}", name=name, **values)
            ServiceSite.objects.create(service=service, site=self.site)
            PriceVersion.objects.create(service=service, cents=120000, effective_from=LONG_AGO)
        return service

    def add_device(self, name: str = "激光一号", *, due: date | None = date(2027, 6, 1)) -> DeviceModel:
        with recorded(SETUP):
            model = DeviceModel.objects.create(name=f"{name}型{next(_numbers)}", calibration_months=12)
        self.add_piece(model, name, due=due)
        return model

    def add_piece(self, model: DeviceModel, name: str, *, due: date | None = date(2027, 6, 1)) -> Equipment:
        with recorded(SETUP):
            return Equipment.objects.create(
                site=self.site, model=model, name=name, serial=f"n{next(_numbers)}", calibration_due=due
            )

    def add_patient(
        self, name: str = "李小明", *, consents: tuple[str, ...] = ("privacy",), **fields: Any
    ) -> Patient:
        values = {"registered_at": local(LONG_AGO, "09:00"), "birth_date": date(1990, 5, 1)} | fields
        with recorded(SETUP):
            patient = Patient.objects.create(name=name, **values)
            Registration.objects.create(
                patient=patient,
                site=self.site,
                record_number=f"R{next(_numbers)}",
                registered_at=values["registered_at"],
            )
        for kind in consents:
            self.consent(patient, kind)
        return patient

    def consent(self, patient: Patient, kind: str = "privacy") -> Consent:
        with recorded(SETUP):
            text, _made = ConsentText.objects.get_or_create(
                kind=kind, version=1, defaults={"title": kind, "body": kind, "effective_from": LONG_AGO}
            )
            return Consent.objects.create(patient=patient, text=text, given_at=local(LONG_AGO, "09:00"))

    def add_guardian(self, patient: Patient) -> Guardian:
        with recorded(SETUP):
            return Guardian.objects.create(patient=patient, name="李父", relation="父", phone="13800000000")

    def close_on(self, day: date, reason: str = "装修") -> ClosingDay:
        with recorded(SETUP):
            return ClosingDay.objects.create(site=self.site, day=day, reason=reason)

    def booking(self, **other: Any) -> dict[str, Any]:
        """The arguments of `book_appointment` for Tuesday at ten, but for actor and at."""
        return {
            "site": self.site.id,
            "patient": self.patient.id,
            "service": self.service.id,
            "practitioner": self.doctor.id,
            "start": local(MONDAY + timedelta(days=1), "10:00"),
        } | other


def open_clinic(site: Site) -> Clinic:
    """Licensed up to level 2, open eight to six but on Sunday; a doctor, a room, a service, a patient."""
    with recorded(SETUP):
        subject, _made = Subject.objects.get_or_create(
            code="test_dermatology", defaults={"name": "美容皮肤科"}
        )
        Licence.objects.create(
            site=site,
            number="PDY1",
            category="aesthetic_hospital",
            max_level=2,
            subjects=[subject.code],
            valid_from=LONG_AGO,
            valid_to=date(2030, 1, 1),
        )
        for weekday in range(1, 7):
            OpeningHours.objects.create(site=site, weekday=weekday, opens=time(8), closes=time(18))
    clinic = Clinic(site, subject)
    clinic.room = clinic.add_room("治疗室一")
    clinic.doctor = clinic.add_doctor()
    clinic.service = clinic.add_service()
    clinic.patient = clinic.add_patient()
    return clinic
