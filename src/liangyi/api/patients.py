"""Find, register and read patients. Phones are masked, identity numbers only ever go in."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from django.http import HttpResponse
from ninja import Query, Router, Schema, Status
from pydantic import AfterValidator, Field

from liangyi.api.answers import answer
from liangyi.api.auth import ApiRequest
from liangyi.api.fields import After, Day, Limit, Text, site_of, storable
from liangyi.api.problems import Problem
from liangyi.domains.organisation.queries import site_for
from liangyi.domains.patients import queries, services
from liangyi.domains.patients.enums import ConsentKind, PaperKind, Severity, Sex
from liangyi.domains.patients.permissions import VIEW
from liangyi.domains.patients.queries import PatientChart
from liangyi.domains.patients.rules.entries import NewAllergy, NewGuardian, NewPaper
from liangyi.platform import clock
from liangyi.platform.clock import local_day
from liangyi.platform.errors import Invalid
from liangyi.platform.phones import mask

router = Router(tags=["patients"])
Search = Annotated[
    str,
    Query(max_length=200, description="Without it: the patients of the site, newest first"),
    AfterValidator(storable),
]
SexWord = Literal["unknown", "male", "female", "unstated"]
SEX_WORDS: dict[str, SexWord] = {
    Sex.UNKNOWN: "unknown",
    Sex.MALE: "male",
    Sex.FEMALE: "female",
    Sex.UNSTATED: "unstated",
}
SEX_CODES = {word: code for code, word in SEX_WORDS.items()}


class PaperIn(Schema):
    """A paper that proves identity. A resident identity number gives birth date and sex."""

    kind: PaperKind = PaperKind.RESIDENT_ID
    number: Text
    valid_to: Day | None = None


class GuardianIn(Schema):
    """Who decides for a minor."""

    name: Text
    relation: Text
    phone: Text


class AllergyIn(Schema):
    """A known allergy."""

    substance: Text
    severity: Severity = Severity.MODERATE
    reaction: Text = ""


class PatientIn(Schema):
    """A new patient. `consents` names the kinds agreed to now, in the version in force."""

    site: UUID | None = None
    name: Text
    sex: SexWord = "unknown"
    birth_date: Day | None = None
    phone: Text = ""
    email: Text = ""
    note: Text = ""
    papers: list[PaperIn] = Field(default=[], max_length=10)
    guardian: GuardianIn | None = None
    allergies: list[AllergyIn] = Field(default=[], max_length=50)
    alerts: list[Text] = Field(default=[], max_length=50)
    consents: list[ConsentKind] = Field(default=[], max_length=10)
    confirmed_new: bool = Field(False, description="It is another person than the likely duplicates")


class PatientOut(Schema):
    """A patient as a list shows one."""

    id: UUID
    name: str
    sex: SexWord
    birth_date: Day | None
    phone: str = Field(description="Masked: 138****1234")
    record_number: str


class PatientPage(Schema):
    """A page of patients."""

    items: list[PatientOut]
    next: str | None


class AllergyOut(Schema):
    """A current allergy."""

    substance: str
    severity: str
    reaction: str


class GuardianOut(Schema):
    """A current guardian."""

    name: str
    relation: str
    phone: str = Field(description="Masked")


class PaperOut(Schema):
    """A paper, by its kind and last four characters."""

    kind: str
    last_four: str


class PatientRecord(PatientOut):
    """A patient with all that must be known before booking."""

    age: int | None
    is_minor: bool
    sites: list[UUID]
    allergies: list[AllergyOut]
    alerts: list[str]
    guardians: list[GuardianOut]
    papers: list[PaperOut]
    consents: list[str]


@router.get(
    "",
    response={200: PatientPage, (400, 401, 403, 404, 422): Problem},
    operation_id="find_patients",
    summary="Patients by name, pinyin, initials, phone or its last digits, record or identity number",
)
def find_patients(
    request: ApiRequest,
    q: Search = "",
    site: UUID | None = None,
    after: After = None,
    limit: Limit = 50,
) -> HttpResponse:
    """A search answers at most `limit` hits and has no further page: narrow it instead."""
    actor = request.auth
    if q.strip():
        actor.require(VIEW)
        hits = queries.patients_for_search(actor, q, limit)
        return answer({"items": [_listed(hit) for hit in hits], "next": None})
    place = site_for(actor, site_of(actor, site))
    today = local_day(clock.now(), place.time_zone)
    rows = queries.patients_for_list(
        actor, place.pk, queries.ListFilter(), on=today, after=_number(after), limit=limit + 1
    )
    following = rows[limit - 1].record_number if len(rows) > limit else None
    return answer({"items": [_listed(row) for row in rows[:limit]], "next": following})


@router.post(
    "",
    response={201: PatientRecord, (400, 401, 403, 404, 409, 422): Problem},
    operation_id="register_patient",
    summary="Register a patient at a site",
)
def register_patient(request: ApiRequest, payload: PatientIn) -> Status[dict[str, Any]]:
    """409 patients.likely_duplicates: who it may be; repeat with confirmed_new if it is none of them."""
    actor, at = request.auth, clock.now()
    site = site_for(actor, site_of(actor, payload.site))
    texts = queries.consent_texts_in_force(local_day(at, site.time_zone))
    missing = [kind for kind in payload.consents if kind not in texts]
    if missing:
        raise Invalid({"consents": [f"No version in force: {', '.join(missing)}"]})
    plain = payload.dict(include={"name", "birth_date", "phone", "email", "note", "alerts", "confirmed_new"})
    patient = services.register_patient(
        actor=actor,
        at=at,
        site=site,
        sex=SEX_CODES[payload.sex],
        papers=[NewPaper(paper.kind, paper.number, paper.valid_to) for paper in payload.papers],
        guardian=NewGuardian(**payload.guardian.dict()) if payload.guardian else None,
        allergies=[NewAllergy(**allergy.dict()) for allergy in payload.allergies],
        consents=[texts[kind] for kind in dict.fromkeys(payload.consents)],
        **plain,
    )
    return Status(201, _record(queries.patient_chart(actor, patient.pk, on=local_day(at, site.time_zone))))


@router.get(
    "/{uuid:patient_id}",
    response={200: PatientRecord, (400, 401, 403, 404, 422): Problem},
    operation_id="read_patient",
    summary="One patient; a merged record answers with the surviving one",
)
def read_patient(request: ApiRequest, patient_id: UUID) -> dict[str, Any]:
    """The look is kept in the log of sensitive reads."""
    request.auth.require(VIEW)
    at = clock.now()
    chart = queries.patient_chart(request.auth, patient_id, on=_today(at), at=at)
    services.log_chart_read(actor=request.auth, at=at, patient_id=patient_id)
    return _record(chart)


def _today(at: datetime) -> Any:
    return local_day(at, clock.HOME_ZONE)


def _number(after: str | None) -> str:
    if after and (len(after) > 20 or not after.isprintable()):
        raise Invalid({"after": ["Send the `next` of the page before, unchanged"]})
    return after or ""


def _listed(row: Any) -> dict[str, Any]:
    return {
        "id": row.id,
        "name": row.name,
        "sex": SEX_WORDS[row.sex],
        "birth_date": row.birth_date,
        "phone": row.phone,
        "record_number": row.record_number,
    }


def _record(chart: PatientChart) -> dict[str, Any]:
    header, patient = chart.header, chart.header.patient
    return {
        "id": patient.pk,
        "name": patient.name,
        "sex": SEX_WORDS[patient.sex],
        "birth_date": patient.birth_date,
        "phone": header.masked_phone,
        "record_number": header.record_number,
        "age": header.age,
        "is_minor": header.is_minor,
        "sites": sorted(header.person.sites),
        "allergies": [
            {"substance": each.substance, "severity": each.severity, "reaction": each.reaction}
            for each in header.allergies
        ],
        "alerts": [alert.text for alert in header.alerts],
        "guardians": [
            {"name": each.name, "relation": each.relation, "phone": mask(each.phone)}
            for each in chart.current_guardians
        ],
        "papers": [{"kind": paper.kind, "last_four": paper.last_four} for paper in chart.papers],
        "consents": sorted(header.consents),
    }
