"""The gates of booking, receiving and starting. Each is a pure function of the decision's facts."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.text import format_lazy as said
from django.utils.translation import gettext_lazy as _

from liangyi.domains.organisation.rules import licence_on
from liangyi.domains.patients.rules import is_minor
from liangyi.domains.scheduling.controls.declared import (
    EQUIPMENT_CALIBRATED,
    LEVEL_ALLOWED,
    MINOR_HAS_GUARDIAN,
    NOT_IN_PAST,
    PATIENT_FREE,
    PRACTITIONER_LICENSED,
    PRACTITIONER_PRIVILEGED,
    PRIVACY_CONSENT,
    SITE_OPEN,
    SUBJECT_LICENSED,
)
from liangyi.domains.scheduling.decisions import BookAppointment, CheckIn, Facts, StartVisit
from liangyi.domains.scheduling.rules.wording import uncalibrated, unlicensed, withheld
from liangyi.domains.staff.enums import Reason
from liangyi.domains.staff.rules import Shortfall, is_licensed_for, is_privileged_for
from liangyi.platform.controls.catalogue import Settings, gate
from liangyi.platform.errors import Refusal

GRACE = timedelta(minutes=1)


@gate(SUBJECT_LICENSED, BookAppointment)
def subject_licensed(decision: BookAppointment) -> Refusal | None:
    """The site's licence of the day names the service's subject."""
    facts = decision.facts
    licence = licence_on(facts.site.licences, facts.day)
    if licence is not None and facts.service.subject in licence.subjects:
        return None
    names = {"site": facts.site.name, "subject": facts.service.subject_name, "day": facts.day}
    if licence is not None:
        reason = said(_("{site}的执业许可证没有登记诊疗科目“{subject}”"), **names)
    else:
        reason = _licence_lapsed(facts)
    return Refusal(
        SUBJECT_LICENSED.code,
        reason,
        _json(names, licence=licence.number if licence else None),
        _("查看执业许可证"),
        f"/settings/sites/{facts.site.id}/",
    )


@gate(LEVEL_ALLOWED, BookAppointment)
def level_allowed(decision: BookAppointment) -> Refusal | None:
    """The service's level is not above the one the site's licence of the day allows."""
    facts = decision.facts
    licence = licence_on(facts.site.licences, facts.day)
    if licence is None or facts.service.level <= licence.max_level:
        return None
    names = {
        "service": facts.service.name,
        "level": facts.service.level,
        "allowed": licence.max_level,
        "site": facts.site.name,
    }
    return Refusal(
        LEVEL_ALLOWED.code,
        said(_("“{service}”是 {level} 级项目，{site}最高只能做 {allowed} 级"), **names),
        _json(names),
        _("查看执业许可证"),
        f"/settings/sites/{facts.site.id}/",
    )


@gate(PRACTITIONER_LICENSED, BookAppointment)
@gate(PRACTITIONER_LICENSED, StartVisit)
def practitioner_licensed(decision: BookAppointment | StartVisit) -> Refusal | None:
    """A certificate that is valid on the day, registered at the site, covering the subject."""
    facts = decision.facts
    person = facts.practitioner.person
    names = {"practitioner": person.name, "site": facts.site.name, "subject": facts.service.subject_name}
    if person.left_on is not None and facts.day > person.left_on:
        missing: tuple[Shortfall, ...] = (Shortfall(Reason.LEFT, valid_to=person.left_on),)
    else:
        missing = is_licensed_for(
            person.credentials, person.profession, facts.site.id, facts.service.subject, facts.day
        )
    if not missing:
        return None
    return Refusal(
        PRACTITIONER_LICENSED.code,
        unlicensed(missing, **names),
        _json(names, day=facts.day.isoformat(), shortfalls=[shortfall.facts for shortfall in missing]),
        _("更新执业证书"),
        f"/settings/staff/{person.id}/",
    )


@gate(PRACTITIONER_PRIVILEGED, BookAppointment)
@gate(PRACTITIONER_PRIVILEGED, StartVisit)
def practitioner_privileged(decision: BookAppointment | StartVisit) -> Refusal | None:
    """Where the service needs it: the clinic's written authority, in force on the day."""
    facts = decision.facts
    person = facts.practitioner.person
    if not facts.service.needs_privilege:
        return None
    missing = is_privileged_for(person.privileges, facts.service.id, facts.day)
    if missing is None:
        return None
    names = {"practitioner": person.name, "service": facts.service.name}
    return Refusal(
        PRACTITIONER_PRIVILEGED.code,
        withheld(missing, **names),
        _json(names, day=facts.day.isoformat()) | missing.facts,
        _("申请手术授权"),
        f"/settings/staff/{person.id}/",
    )


@gate(EQUIPMENT_CALIBRATED, BookAppointment)
@gate(EQUIPMENT_CALIBRATED, StartVisit)
def equipment_calibrated(decision: BookAppointment | StartVisit) -> Refusal | None:
    """Where the service needs a device: one piece at the site is within its calibration on the day."""
    facts = decision.facts
    model = facts.service.device_model
    if model is None or any(piece.is_calibrated(facts.day) for piece in facts.pieces):
        return None
    names = {"model": model, "site": facts.site.name}
    if not facts.pieces:
        return Refusal(
            EQUIPMENT_CALIBRATED.code,
            said(_("{site}没有在用的设备“{model}”"), **names),
            _json(names),
            _("登记设备"),
            "/settings/equipment/",
        )
    piece = max(facts.pieces, key=lambda p: p.calibration_due or date.min)
    due = piece.calibration_due
    return Refusal(
        EQUIPMENT_CALIBRATED.code,
        uncalibrated(piece.name, due),
        _json(names, equipment=piece.name, due=due.isoformat() if due else None, day=facts.day.isoformat()),
        _("登记校准"),
        f"/settings/equipment/{piece.id}/",
    )


@gate(MINOR_HAS_GUARDIAN, BookAppointment)
def minor_has_guardian(decision: BookAppointment, settings: Settings) -> Refusal | None:
    """Whoever is under age on the day has a guardian on record."""
    facts = decision.facts
    patient, age = facts.patient, int(settings["age"])
    if patient.has_guardian or not is_minor(patient.birth_date, facts.day, age):
        return None
    names = {"patient": patient.name, "age": age}
    return Refusal(
        MINOR_HAS_GUARDIAN.code,
        said(_("{patient}未满 {age} 岁，还没有登记监护人"), **names),
        {"birth_date": str(patient.birth_date), "age": age, "day": facts.day.isoformat()},
        _("登记监护人"),
        f"/patients/{patient.id}/",
    )


@gate(PRIVACY_CONSENT, BookAppointment)
@gate(PRIVACY_CONSENT, CheckIn)
def privacy_consent(decision: BookAppointment | CheckIn) -> Refusal | None:
    """The patient has agreed to the privacy notice, and the agreement still stands."""
    patient = decision.facts.patient
    if patient.has_privacy_consent:
        return None
    return Refusal(
        PRIVACY_CONSENT.code,
        said(_("{patient}还没有同意隐私告知"), patient=patient.name),
        {"patient": str(patient.id), "day": decision.facts.day.isoformat()},
        _("请患者阅读并同意"),
        f"/patients/{patient.id}/",
    )


@gate(PATIENT_FREE, BookAppointment)
def patient_free(decision: BookAppointment) -> Refusal | None:
    """The patient is expected nowhere else meanwhile.

    A time that somebody else holds is not asked about: SlotTaken offers others. Two bookings at once are
    judged by the patient's own reservation; the one that loses reads again and is refused here.
    """
    facts = decision.facts
    if not facts.patient.engaged or not facts.is_free:
        return None
    other, zone = facts.patient.engaged[0], ZoneInfo(facts.site.zone)
    is_here = other.site == facts.site.id
    names = {
        "patient": facts.patient.name,
        "starts": f"{other.starts_at.astimezone(zone):%Y-%m-%d %H:%M}",
        "ends": f"{other.ends_at.astimezone(zone):%H:%M}",
        "site": other.site_name,
    }
    if is_here:
        names |= {"service": other.service_name, "practitioner": other.practitioner_name}
    return Refusal(
        PATIENT_FREE.code,
        said(_ENGAGED_HERE if is_here else _ENGAGED_ELSEWHERE, **names),
        names
        | {"patient": str(facts.patient.id)}
        | ({"appointment": str(other.appointment)} if is_here else {}),
        _("查看已有的预约") if is_here else _("另选时间"),
        f"/scheduling/appointments/{other.appointment}/" if is_here else f"/patients/{facts.patient.id}/",
    )


_ENGAGED_HERE = _("{patient} {starts}–{ends} 已约“{service}”（{practitioner}），不能同时在两处")
_ENGAGED_ELSEWHERE = _("{patient} {starts}–{ends} 已约在{site}，不能同时在两处")


@gate(NOT_IN_PAST, BookAppointment)
def not_in_past(decision: BookAppointment) -> Refusal | None:
    """A walk-in begins now; everything else is still to come."""
    facts = decision.facts
    if decision.is_walk_in or facts.starts_at >= decision.at - GRACE:
        return None
    names = {"starts": facts.starts_at.isoformat(), "now": decision.at.isoformat()}
    return Refusal(
        NOT_IN_PAST.code,
        _("预约的时间已经过去"),
        names,
        _("另选时间；已经发生的就诊请补录"),
        "/scheduling/",
    )


@gate(SITE_OPEN, BookAppointment)
def site_open(decision: BookAppointment) -> Refusal | None:
    """Neither a closing day nor a weekday without opening hours."""
    facts = decision.facts
    site, day = facts.site, facts.day.isoformat()
    if site.closing_reason is None and (site.hours or not site.has_hours):
        return None
    if site.closing_reason is not None:
        reason = said(_("{site} {day} 停诊：{why}"), site=site.name, day=day, why=site.closing_reason)
    else:
        reason = said(_("{site} {day} 不开诊"), site=site.name, day=day)
    return Refusal(
        SITE_OPEN.code,
        reason,
        {"site": site.name, "day": day, "closing_reason": site.closing_reason or ""},
        _("另选日期"),
        "/scheduling/",
    )


def _licence_lapsed(facts: Facts) -> Any:
    past = [licence for licence in facts.site.licences if licence.valid_to < facts.day]
    if past:
        latest = max(licence.valid_to for licence in past)
        return said(_("{site}的执业许可证 {day} 到期"), site=facts.site.name, day=latest)
    return said(_("{site}没有登记 {day} 有效的执业许可证"), site=facts.site.name, day=facts.day)


def _json(names: dict[str, Any], **more: Any) -> dict[str, Any]:
    plain = {key: value.isoformat() if isinstance(value, date) else value for key, value in names.items()}
    return plain | more
