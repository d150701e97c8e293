"""The patients: most in bulk, as the register would have written them; special ones by the services."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from liangyi.demo import names
from liangyi.demo.chance import Chance
from liangyi.demo.founding import FOUNDER
from liangyi.demo.options import Options, local
from liangyi.demo.planner import Growth
from liangyi.demo.world import Place, Somebody, World
from liangyi.domains.patients import rules
from liangyi.domains.patients.enums import ConsentKind, PaperKind, Severity
from liangyi.domains.patients.models import (
    Alert,
    Allergy,
    Consent,
    ConsentText,
    Guardian,
    IdentityPaper,
    Patient,
    RecordNumbering,
    Registration,
)
from liangyi.domains.patients.rules.indexing import person_tokens
from liangyi.platform.audit.services import recorded
from liangyi.platform.sealing import blind, seal
from liangyi.platform.search.tokens import pinyin_key

BATCH = 1000
KNOWN_BEFORE = 0.3
HOSPITAL_SHARE = 0.62
BOTH_SHARE = 0.07
CHILD_SHARE = 0.13
WOMEN = {"YM": 0.84, "KQ": 0.56}
IDENTIFIED = 0.45
WITH_MAIL = 0.35
ALLERGIES = (
    ("青霉素", "皮疹", Severity.SEVERE),
    ("头孢类", "荨麻疹", Severity.MODERATE),
    ("利多卡因", "心悸、头晕", Severity.MODERATE),
    ("磺胺类", "皮疹", Severity.MODERATE),
    ("碘伏", "局部红肿", Severity.MILD),
    ("乳胶", "接触性皮炎", Severity.MODERATE),
    ("海鲜", "荨麻疹", Severity.MILD),
    ("阿司匹林", "哮喘发作", Severity.SEVERE),
)
ALERTS = (
    "服用抗凝药，术前须与主诊医师确认",
    "瘢痕体质",
    "妊娠期，避免注射与射频",
    "高血压，术前测血压",
    "糖尿病，血糖控制情况待复核",
    "装有心脏起搏器，禁用射频",
)
NOTES = ("", "", "", "", "希望安排靠近午休的时间", "由老顾客介绍", "听力不便，请当面沟通", "偏好女医生")


@dataclass
class Register:
    """Who may come, by site and age group, in order of registration."""

    adults: dict[str, list[Somebody]] = field(default_factory=lambda: {"YM": [], "KQ": []})
    children: dict[str, list[Somebody]] = field(default_factory=lambda: {"YM": [], "KQ": []})

    def add(self, site: str, person: Somebody, *, is_child: bool) -> None:
        """One more."""
        (self.children if is_child else self.adults)[site].append(person)


@dataclass
class _Rows:
    """What is written together."""

    patients: list[Patient] = field(default_factory=list)
    registrations: list[Registration] = field(default_factory=list)
    parts: dict[type[Any], list[Any]] = field(default_factory=dict)

    def part(self, row: Any) -> None:
        """A row that belongs to one of the patients."""
        self.parts.setdefault(type(row), []).append(row)

    def write(self) -> None:
        """All of it, parents first."""
        Patient.objects.bulk_create(self.patients, batch_size=BATCH)
        Registration.objects.bulk_create(self.registrations, batch_size=BATCH)
        for kind in (Guardian, Allergy, Alert, IdentityPaper, Consent):
            kind.objects.bulk_create(self.parts.get(kind, []), batch_size=BATCH)


def register(options: Options, world: World) -> Register:
    """Everybody who has ever come."""
    chance, found = options.chance("patients"), Register()
    texts = {text.kind: text for text in ConsentText.objects.filter(version=1)}
    numbers: Counter[str] = Counter()
    moments = sorted(_moments(options, chance))
    growth = Growth(Patient, Registration, Guardian, Consent)
    for start in range(0, len(moments), BATCH):
        rows = _Rows()
        for moment in moments[start : start + BATCH]:
            _one(moment, world, chance, rows, texts, numbers, found)
        with recorded(FOUNDER):
            rows.write()
        growth.add(len(rows.patients))
    with recorded(FOUNDER):
        for code, last in numbers.items():
            RecordNumbering.objects.create(site=world.places[code].site, last=last)
    return found


def _moments(options: Options, chance: Chance) -> Iterable[datetime]:
    """Some were known when history begins, the others came since, a little more each month."""
    days = (options.today - options.first_day).days
    for _n in range(options.patients):
        if chance.happens(KNOWN_BEFORE):
            day = options.founded_at.date() + timedelta(days=chance.randrange(2, 58))
        else:
            day = options.first_day + timedelta(days=int(days * chance.random() ** 0.85))
        yield local(day, chance.randrange(9 * 60, 19 * 60)) + timedelta(seconds=chance.randrange(60))


def _one(
    moment: datetime,
    world: World,
    chance: Chance,
    rows: _Rows,
    texts: dict[str, ConsentText],
    numbers: Counter[str],
    found: Register,
) -> None:
    home = "YM" if chance.happens(HOSPITAL_SHARE) else "KQ"
    sites = ["YM", "KQ"] if chance.happens(BOTH_SHARE) else [home]
    is_child = sites == ["KQ"] and chance.happens(CHILD_SHARE * 2)
    patient = _patient(moment, home, chance, is_child=is_child)
    records = [_registration(patient, world.places[code], numbers, moment, chance) for code in sites]
    patient.tokens = person_tokens(
        [(patient.name, patient.phone)],
        [record.record_number for record in records],
        [record.site_id for record in records],
    )
    rows.patients.append(patient)
    rows.registrations += records
    guardian = _guardian(patient, chance) if is_child else None
    if guardian:
        rows.part(guardian)
    _know(patient, chance, rows)
    _agree(patient, guardian, world.places[home], chance, rows, texts)
    assert patient.birth_date is not None  # noqa: S101 every demo patient has one
    misses = min(0.6, chance.expovariate(1 / 0.09))
    somebody = Somebody(patient.id, patient.name, patient.birth_date, moment, misses)
    for code in sites:
        found.add(code, somebody, is_child=is_child)


def _patient(moment: datetime, home: str, chance: Chance, *, is_child: bool) -> Patient:
    sex = names.FEMALE if chance.happens(WOMEN[home]) else names.MALE
    name = names.full_name(chance, sex=sex)
    born = _birth_date(moment.date(), chance, is_child=is_child)
    return Patient(
        id=chance.id_at(moment),
        name=name,
        pinyin=pinyin_key(name)[:200],
        sex=sex,
        birth_date=born,
        phone=names.phone(chance),
        email=f"p{chance.randrange(10**8):08d}@patients.example" if chance.happens(WITH_MAIL) else "",
        note=chance.choice(NOTES),
        registered_at=moment,
    )


def _birth_date(day: date, chance: Chance, *, is_child: bool) -> date:
    years = chance.uniform(5, 13) if is_child else min(72.0, 19 + chance.gammavariate(2.2, 7))
    return day - timedelta(days=round(years * 365.25))


def _registration(
    patient: Patient, place: Place, numbers: Counter[str], moment: datetime, chance: Chance
) -> Registration:
    numbers[place.code] += 1
    return Registration(
        id=chance.id_at(moment),
        patient=patient,
        site=place.site,
        record_number=rules.record_number(place.code, numbers[place.code]),
        registered_at=moment,
    )


def _guardian(patient: Patient, chance: Chance) -> Guardian:
    relation = chance.choice(names.RELATIONS)
    sex = names.MALE if relation == "父亲" else names.FEMALE
    name = names.full_name(chance, sex=sex)
    if relation == "父亲":
        name = patient.name[0] + name[1:]
    return Guardian(
        id=chance.id_at(patient.registered_at),
        patient=patient,
        name=name,
        relation=relation,
        phone=patient.phone,
    )


def _know(patient: Patient, chance: Chance, rows: _Rows) -> None:
    """Allergies, alerts and papers."""
    moment = patient.registered_at
    if chance.happens(0.12):
        substance, reaction, severity = chance.choice(ALLERGIES)
        rows.part(
            Allergy(
                id=chance.id_at(moment),
                patient=patient,
                substance=substance,
                reaction=reaction,
                severity=severity,
            )
        )
    if chance.happens(0.06):
        rows.part(Alert(id=chance.id_at(moment), patient=patient, text=chance.choice(ALERTS)))
    if chance.happens(IDENTIFIED) and patient.birth_date:
        number = names.identity_number(chance, patient.birth_date, patient.sex)
        rows.part(
            IdentityPaper(
                id=chance.id_at(moment),
                patient=patient,
                kind=PaperKind.RESIDENT_ID,
                sealed=seal(number),
                blind=blind(number),
                last_four=number[-4:],
            )
        )


AGREED = {
    ConsentKind.PRIVACY: 1.0,
    ConsentKind.SENSITIVE: 0.96,
    ConsentKind.MESSAGES: 0.82,
    ConsentKind.PHOTOS: 0.55,
    ConsentKind.MARKETING: 0.3,
}


def _agree(
    patient: Patient,
    guardian: Guardian | None,
    place: Place,
    chance: Chance,
    rows: _Rows,
    texts: dict[str, ConsentText],
) -> None:
    for kind, share in AGREED.items():
        if chance.happens(share):
            rows.part(
                Consent(
                    id=chance.id_at(patient.registered_at),
                    patient=patient,
                    text=texts[kind],
                    given_at=patient.registered_at,
                    guardian=guardian,
                    taken_by_id=place.receptionist.id,
                )
            )
