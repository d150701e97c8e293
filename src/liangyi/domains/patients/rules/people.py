"""Pure decisions about people: ages, names, papers, likeness, record numbers, who consents."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import IntEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from liangyi.domains.patients.enums import PaperKind, Sex
from liangyi.platform import identity_numbers
from liangyi.platform.search.tokens import pinyin_key

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

ADULT_AGE = 18
OLDEST_AGE = 130
NAME_LIMIT = 60
RECORD_DIGITS = 7
PSEUDONYM_MARK = "P"
KNOWN_SEXES = frozenset({str(Sex.MALE), str(Sex.FEMALE)})
NAME_MARKS = frozenset(" ·•‧・'’-.()（）")
PAPER_FORMS: Mapping[str, str] = {
    PaperKind.PASSPORT: r"[A-Z0-9]{5,17}",
    PaperKind.HK_MO_PERMIT: r"[HM]?\d{8}(\d{2})?",
    PaperKind.TW_PERMIT: r"\d{8}|\d{10}[A-Z]?",
    PaperKind.FOREIGN_RESIDENT: r"[A-Z]{3}\d{12}|\d{17}[\dX]",
    PaperKind.BIRTH_CERTIFICATE: r"[A-Z]\d{9}",
    PaperKind.OTHER: r"[A-Z0-9]{3,30}",
}


# Ages


def age_on(birth_date: date, day: date) -> int:
    """Whole years on `day`; somebody born on 29 February has the birthday on 1 March in other years."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def is_minor(birth_date: date | None, on_day: date, age_limit: int = ADULT_AGE) -> bool:
    """Younger than `age_limit` on that day (民法典 art 17: 18). An unknown birth date is not a minor's."""
    return birth_date is not None and age_on(birth_date, on_day) < age_limit


def birth_date_problem(birth_date: date, today: date) -> StrPromise | str | None:
    """Why nobody can have been born then, or None."""
    if birth_date > today:
        return _("出生日期不能晚于今天")
    if age_on(birth_date, today) > OLDEST_AGE:
        return _("出生日期过早，请核对年份")
    return None


# Words


def clean_text(text: str, limit: int) -> str:
    """`text` trimmed, in normal form; raises ValueError when too long or with characters nobody types."""
    normal = unicodedata.normalize("NFC", text).strip()
    if any(unicodedata.category(c) in ("Cc", "Cs") and c not in "\n\t" for c in normal):
        raise ValueError(_("含有无法识别的字符，请删去后重试"))
    if len(normal) > limit:
        raise ValueError(_("最多 %(limit)d 个字") % {"limit": limit})
    return normal


def clean_name(text: str) -> str:
    """A person's name with single spaces; ValueError says what is wrong with it."""
    name = " ".join(clean_text(text, 10 * NAME_LIMIT).split())
    if not name:
        raise ValueError(_("请填写姓名"))
    if len(name) > NAME_LIMIT:
        raise ValueError(_("姓名最多 %(limit)d 个字") % {"limit": NAME_LIMIT})
    if not all(_belongs_in_name(c) for c in name):
        raise ValueError(_("姓名只能有文字、数字、空格和间隔号"))
    if not any(c.isalpha() for c in name):
        raise ValueError(_("姓名里要有文字"))
    return name


def _belongs_in_name(character: str) -> bool:
    return character in NAME_MARKS or unicodedata.category(character)[0] in "LM" or character.isdigit()


def masked_name(name: str) -> str:
    """`王小明` → `王**`, `John Smith` → `J***`: enough to recognise, not to find out."""
    if not name:
        return ""
    return name[0] + "*" * min(max(len(name) - 1, 1), 3)


# Papers


def paper_number(kind: str, text: str) -> str:
    """The number in normal form; ValueError says what is wrong, and never repeats the number."""
    if kind == PaperKind.RESIDENT_ID:
        return identity_numbers.resident_id(text).number
    number = bare_number(text)
    form = PAPER_FORMS.get(kind)
    if form is None:
        raise ValueError(_("没有这种证件类型"))
    if not number:
        raise ValueError(_("请填写证件号码"))
    if not re.fullmatch(form, number, re.ASCII):
        raise ValueError(_("号码与所选证件类型的格式不符"))
    return number


def bare_number(text: str) -> str:
    """A paper's number without what people put between its digits."""
    return re.sub(r"[\s\-_./]", "", unicodedata.normalize("NFKC", text)).upper()


def may_be_a_paper_number(text: str) -> bool:
    """Worth a look by the blind index: up to three letters, then digits, six characters or more."""
    number = bare_number(text)
    return len(number) >= 6 and bool(re.fullmatch(r"[A-Z]{0,3}\d{5,18}[A-Z]?", number, re.ASCII))


def names_one_person(kind: str) -> bool:
    """Whether two people can never share a number of this kind of paper."""
    return kind != PaperKind.OTHER


# Likeness


class Likeness(IntEnum):
    """How surely two records are about one person."""

    NONE = 0
    LIKELY = 1
    CERTAIN = 2


@dataclass(frozen=True)
class Facts:
    """What two records are compared by. `identities` maps kinds of paper to blind numbers."""

    name: str
    sex: str = Sex.UNKNOWN
    birth_date: date | None = None
    phone: str = ""
    identities: Mapping[str, frozenset[str]] = field(default_factory=dict)


def likeness(one: Facts, other: Facts) -> Likeness:
    """How surely `one` and `other` are the same person.

    A shared identity number settles it; different resident identity numbers, or different birth dates
    or sexes, speak for two people (families share a telephone). Then the same telephone or birth date
    together with a similar name makes it likely.
    """
    if _share_an_identity(one, other):
        return Likeness.CERTAIN
    if _are_contradicted(one, other):
        return Likeness.NONE
    same_phone = bool(one.phone) and one.phone == other.phone
    same_birth = one.birth_date is not None and one.birth_date == other.birth_date
    if (same_phone and similar_names(one.name, other.name)) or (
        same_birth and same_sound(one.name, other.name)
    ):
        return Likeness.LIKELY
    return Likeness.NONE


def _share_an_identity(one: Facts, other: Facts) -> bool:
    return any(
        names_one_person(kind) and blinds & other.identities.get(kind, frozenset())
        for kind, blinds in one.identities.items()
    )


def _are_contradicted(one: Facts, other: Facts) -> bool:
    known = {one.sex, other.sex} & KNOWN_SEXES
    births = {one.birth_date, other.birth_date} - {None}
    return (
        len(known) == 2
        or (len(births) == 2 and not _same_but_mistyped(one, other))
        or other_person(one, other)
    )


def _same_but_mistyped(one: Facts, other: Facts) -> bool:
    """The very same name and telephone outweigh a birth date that differs: it is often mistyped."""
    return bool(one.phone) and one.phone == other.phone and _letters(one.name) == _letters(other.name)


def other_person(one: Facts, other: Facts) -> bool:
    """Both have resident identity numbers, and none in common."""
    mine = one.identities.get(PaperKind.RESIDENT_ID, frozenset())
    theirs = other.identities.get(PaperKind.RESIDENT_ID, frozenset())
    return bool(mine and theirs) and not mine & theirs


def same_sound(one: str, other: str) -> bool:
    """Equal letters, or equal pinyin (王芳, 王方)."""
    return _letters(one) == _letters(other) or _sound(one) == _sound(other)


def similar_names(one: str, other: str) -> bool:
    """The same sound, one within the other, or one character different in three or more."""
    a, b = _letters(one), _letters(other)
    if not a or not b:
        return False
    if same_sound(one, other) or (min(len(a), len(b)) >= 2 and (a in b or b in a)):
        return True
    return len(a) == len(b) >= 3 and sum(x != y for x, y in zip(a, b, strict=True)) == 1


def _letters(name: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFKC", name).casefold() if c.isalnum())


def _sound(name: str) -> str:
    return "".join(pinyin_key(name).split())


# Record numbers


def record_number(site_code: str, count: int) -> str:
    """`("LY", 42)` → `LY0000042`: sorts by age within a site."""
    return f"{site_code}{count:0{RECORD_DIGITS}d}"


def pseudonym_number(site_code: str, count: int) -> str:
    """Imported histories count apart, so that they leave no gap in the record numbers."""
    return f"{site_code}{PSEUDONYM_MARK}{count:0{RECORD_DIGITS}d}"


# Consents


def needs_guardian(birth_date: date | None, on_day: date, age_limit: int = ADULT_AGE) -> bool:
    """Whether a guardian answers instead of the patient (PIPL art 31, 民法典 art 19–20)."""
    return is_minor(birth_date, on_day, age_limit)
