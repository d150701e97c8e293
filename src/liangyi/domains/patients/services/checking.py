"""Turns what was typed into what is kept, gathering every error under its field's name."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, ParamSpec, TypeVar

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from liangyi.domains.patients import rules
from liangyi.domains.patients.enums import PaperKind, Severity, Sex
from liangyi.domains.patients.rules import Facts
from liangyi.domains.patients.rules.entries import NewAllergy, NewGuardian, NewPaper
from liangyi.platform import phones
from liangyi.platform.errors import Invalid
from liangyi.platform.identity_numbers import resident_id
from liangyi.platform.sealing import blind

P = ParamSpec("P")
T = TypeVar("T")
EMAIL_LIMIT = 254
NOTE_LIMIT = 500
ALERT_LIMIT = 200
PHONE_TYPED = 40
MOST_PARTS = 30


class Problems:
    """Errors by field; `stop` raises them all at once."""

    def __init__(self) -> None:
        self.fields: dict[str, list[Any]] = {}

    def add(self, field: str, message: Any) -> None:
        self.fields.setdefault(field, []).append(message)

    def take(self, field: str, check: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """The checked value; None, and the error noted under `field`, where `check` raises ValueError."""
        try:
            return check(*args, **kwargs)
        except ValueError as problem:
            self.add(field, str(problem))
            return None

    def stop(self) -> None:
        if self.fields:
            raise Invalid(self.fields)


@dataclass(frozen=True)
class CheckedPaper:
    """A paper fit to be kept; `number` still in the clear, in memory only."""

    kind: str
    number: str
    valid_to: date | None

    @property
    def blind(self) -> str:
        """What it is found by."""
        return blind(self.number)

    def __repr__(self) -> str:
        return f"CheckedPaper({self.kind})"


@dataclass(frozen=True)
class CheckedPatient:
    """A person fit to be kept."""

    name: str
    sex: str
    birth_date: date | None
    phone: str
    email: str
    note: str
    papers: tuple[CheckedPaper, ...]

    def facts(self) -> Facts:
        """What duplicates are found by."""
        identities: dict[str, frozenset[str]] = {}
        for paper in self.papers:
            identities[paper.kind] = identities.get(paper.kind, frozenset()) | {paper.blind}
        return Facts(self.name, self.sex, self.birth_date, self.phone, identities)


def claimed_facts(
    *,
    today: date,
    name: str,
    phone: str = "",
    birth_date: date | None = None,
    papers: Sequence[NewPaper] = (),
) -> Facts:
    """What somebody says of themselves, as far as it is usable: for finding who they are."""
    problems = Problems()
    kept = check_papers(problems, papers, today)
    sex, born = check_against_papers(problems, kept, Sex.UNKNOWN, birth_date)
    known = CheckedPatient(
        name=problems.take("name", rules.clean_name, name) or "",
        sex=sex,
        birth_date=born,
        phone=problems.take("phone", checked_phone, phone) or "",
        email="",
        note="",
        papers=kept,
    )
    return known.facts()


def checked_phone(text: str) -> str:
    """The stored form, or "" for nothing; ValueError in the reader's language."""
    typed = text.strip()
    if not typed:
        return ""
    try:
        return phones.normalise(typed[:PHONE_TYPED])
    except ValueError:
        raise ValueError(_("电话号码不正确，请核对位数")) from None


def checked_email(text: str) -> str:
    """A mail address or ""."""
    email = rules.clean_text(text, EMAIL_LIMIT)
    if not email:
        return ""
    try:
        validate_email(email)
    except ValidationError:
        raise ValueError(_("邮箱格式不正确")) from None
    return email


def checked_sex(sex: str) -> str:
    """A code of GB/T 2261.1; nothing chosen is unknown."""
    if sex and sex not in Sex.values:
        raise ValueError(_("请从列表中选择性别"))
    return sex or Sex.UNKNOWN


def checked_birth_date(birth_date: date | None, today: date) -> date | None:
    """A day on which somebody alive can have been born."""
    problem = rules.birth_date_problem(birth_date, today) if birth_date else None
    if problem:
        raise ValueError(problem)
    return birth_date


def required_text(text: str, limit: int, missing: str) -> str:
    """`text` trimmed and not empty."""
    clean = rules.clean_text(text, limit)
    if not clean:
        raise ValueError(missing)
    return clean


def check_papers(problems: Problems, papers: Sequence[NewPaper], today: date) -> tuple[CheckedPaper, ...]:
    """The usable ones; errors under papers.0.number and so on."""
    checked = [
        _check_paper(problems, f"papers.{i}", paper, today) for i, paper in enumerate(papers[:MOST_PARTS])
    ]
    return tuple(dict.fromkeys(paper for paper in checked if paper))


def _check_paper(problems: Problems, field: str, paper: NewPaper, today: date) -> CheckedPaper | None:
    number = problems.take(f"{field}.number", rules.paper_number, paper.kind, paper.number)
    if paper.valid_to and paper.valid_to < today:
        problems.add(f"{field}.valid_to", _("证件已过有效期"))
    return CheckedPaper(paper.kind, number, paper.valid_to) if number else None


def check_against_papers(
    problems: Problems, papers: Collection[CheckedPaper], sex: str, birth_date: date | None
) -> tuple[str, date | None]:
    """Sex and birth date, taken from the resident identity number where they are not given."""
    for paper in papers:
        if paper.kind == PaperKind.RESIDENT_ID:
            told = resident_id(paper.number)
            if birth_date not in (None, told.birth_date):
                problems.add("birth_date", _("与身份证号上的 %(day)s 不一致") % {"day": told.birth_date})
            if sex not in (Sex.UNKNOWN, Sex.UNSTATED, told.sex):
                problems.add("sex", _("与身份证号上的%(sex)s性不一致") % {"sex": Sex(told.sex).label})
            sex, birth_date = told.sex, told.birth_date
    return sex, birth_date


def check_guardian(problems: Problems, guardian: NewGuardian) -> NewGuardian:
    """Errors under guardian.name, guardian.relation and guardian.phone."""
    name = problems.take("guardian.name", rules.clean_name, guardian.name)
    relation = problems.take(
        "guardian.relation", required_text, guardian.relation, 30, _("请填写与患者的关系")
    )
    phone = problems.take("guardian.phone", checked_phone, guardian.phone)
    if phone == "":
        problems.add("guardian.phone", _("请填写监护人电话"))
    return NewGuardian(name or "", relation or "", phone or "")


def check_allergy(problems: Problems, allergy: NewAllergy, field: str = "") -> NewAllergy:
    """Errors under `field` + substance, severity, reaction, code."""
    substance = problems.take(f"{field}substance", required_text, allergy.substance, 80, _("请填写过敏原"))
    reaction = problems.take(f"{field}reaction", rules.clean_text, allergy.reaction, 200)
    code = problems.take(f"{field}code", rules.clean_text, allergy.code, 40)
    if allergy.severity not in Severity.values:
        problems.add(f"{field}severity", _("请从列表中选择程度"))
    return NewAllergy(substance or "", allergy.severity, reaction or "", code or "")


def check_alert(problems: Problems, text: str, field: str = "text") -> str:
    """Errors under `field`."""
    return problems.take(field, required_text, text, ALERT_LIMIT, _("请填写提示内容")) or ""
