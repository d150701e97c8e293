"""What the pages of patients show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from liangyi.domains.patients import rules
from liangyi.domains.patients.enums import ConsentKind, PaperKind, Sex
from liangyi.domains.patients.models import Consent, ConsentText, IdentityPaper
from liangyi.domains.patients.queries import ListFilter, PatientChart, PatientHit
from liangyi.domains.patients.queries.lists import ListedPatient

PAGE = 30
TELLING = 4  # name, sex, birth date and telephone stand first
NEEDED = (ConsentKind.PRIVACY, ConsentKind.SENSITIVE)
PERIODS = {"today": 1, "week": 7, "month": 30}


@dataclass(frozen=True)
class Line:
    """A patient as one line."""

    id: UUID
    name: str
    about: str
    phone: str
    record_number: str
    registered_at: datetime | None = None
    has_allergy: bool = False
    lacks_privacy_consent: bool = False


@dataclass(frozen=True)
class ConsentCard:
    """One kind of consent: the text in force, the standing answer, and those before."""

    kind: str
    title: Any
    text: ConsentText | None
    answer: Consent | None
    earlier: list[Consent]

    @property
    def is_needed(self) -> bool:
        """Care rests on it; the others are for the patient to choose."""
        return self.kind in NEEDED

    @property
    def is_outdated(self) -> bool:
        """The answer stands, but a newer version has been published since."""
        return bool(self.answer and self.text and self.answer.text_id != self.text.pk)


def about(sex: str, birth_date: date | None, today: date) -> str:
    """`女 · 36 岁`; what is not known is left out."""
    words = [str(Sex(sex).label)] if sex in rules.KNOWN_SEXES else []
    if birth_date:
        words.append(age_words(birth_date, today))
    return " · ".join(words)


def age_words(birth_date: date, today: date) -> str:
    """`36 岁`; infants in months, as paediatrics counts."""
    years = rules.age_on(birth_date, today)
    if years >= 2:
        return _("%(n)d 岁") % {"n": years}
    months = (
        (today.year - birth_date.year) * 12 + today.month - birth_date.month - (today.day < birth_date.day)
    )
    return _("%(n)d 个月") % {"n": max(months, 0)}


def hit_line(hit: PatientHit, today: date) -> Line:
    """A search hit."""
    return Line(hit.id, hit.name, about(hit.sex, hit.birth_date, today), hit.phone, hit.record_number)


def list_line(row: ListedPatient, today: date) -> Line:
    """A line of the list."""
    return Line(
        row.id,
        row.name,
        about(row.sex, row.birth_date, today),
        row.phone,
        row.record_number,
        row.registered_at,
        row.has_allergy,
        not row.has_privacy_consent,
    )


def list_filter(asked: Mapping[str, str], now: datetime, today: date, adult_age: int) -> ListFilter:
    """The chips of the address; unknown values narrow nothing."""
    days = PERIODS.get(asked.get("registered", ""))
    only = asked.get("only", "")
    is_minor = only in ("minor", "no_guardian")
    return ListFilter(
        registered_from=now - timedelta(days=days) if days else None,
        born_after=_years_before(today, adult_age) if is_minor else None,
        without_guardian=only == "no_guardian",
        without_privacy_consent=only == "no_privacy",
    )


def consent_cards(chart: PatientChart, texts: Mapping[str, ConsentText]) -> list[ConsentCard]:
    """Every kind in its own order, the most needed first."""
    return [_consent_card(chart, kind, texts.get(kind.value)) for kind in ConsentKind]


def missing_consents(standing: Iterable[str]) -> list[Any]:
    """The titles of those that care needs and that are not given."""
    given = set(standing)
    return [kind.label for kind in NEEDED if kind not in given]


def masked_paper(paper: IdentityPaper) -> str:
    """As it stands until somebody asks for the whole."""
    stars = 14 if paper.kind == PaperKind.RESIDENT_ID else 4
    return "*" * stars + paper.last_four


def _consent_card(chart: PatientChart, kind: ConsentKind, text: ConsentText | None) -> ConsentCard:
    answers = [answer for answer in chart.answers if answer.text.kind == kind]
    stands = kind.value in chart.header.consents
    current = next((answer for answer in answers if answer.withdrawn_at is None), None) if stands else None
    return ConsentCard(kind.value, kind.label, text, current, [a for a in answers if a is not current])


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)


@dataclass(frozen=True)
class Side:
    """One fact of two records."""

    title: Any
    kept: str
    merged: str
    tells_apart: bool = False

    @property
    def is_different(self) -> bool:
        """Both know it and not the same, where that speaks against one person."""
        return self.tells_apart and bool(self.kept and self.merged) and self.kept != self.merged


def sides(kept: PatientChart, merged: PatientChart) -> list[Side]:
    """What two records say, fact by fact."""
    mine, theirs = _facts(kept), _facts(merged)
    return [
        Side(title, value, theirs[title], tells_apart=place < TELLING)
        for place, (title, value) in enumerate(mine.items())
    ]


def _facts(chart: PatientChart) -> dict[Any, str]:
    header, patient = chart.header, chart.header.patient
    return {
        _("姓名"): patient.name,
        _("性别"): str(patient.get_sex_display()) if patient.sex in rules.KNOWN_SEXES else "",
        _("出生日期"): patient.birth_date.isoformat() if patient.birth_date else "",
        _("手机"): header.masked_phone,
        _("邮箱"): patient.email,
        _("证件"): "、".join(f"{p.get_kind_display()} {masked_paper(p)}" for p in chart.papers),
        _("病历号"): "、".join(f"{r.record_number}（{r.site.name}）" for r in header.registrations),
        _("过敏"): "、".join(allergy.substance for allergy in header.allergies),
        _("提示"): "、".join(alert.text for alert in header.alerts),
        _("监护人"): "、".join(guardian.name for guardian in chart.current_guardians),
    }
