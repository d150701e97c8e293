"""The citizen's identity number of GB 11643-1999: what it must look like and what it tells.

Pure: no database. The number itself never stands in the text of an error.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Literal

from django.utils.translation import gettext_lazy as _
from stdnum.cn import ric

Problem = Literal["empty", "form", "region", "birth_date", "check_digit"]

PROBLEMS = {
    "empty": _("请填写身份证号"),
    "form": _("身份证号应为 18 位，末位可以是 X"),
    "region": _("身份证号的前两位不是有效的地区代码"),
    "birth_date": _("身份证号中的出生日期不存在"),
    "check_digit": _("身份证号的校验位不对，请核对是否输错"),
}
_PROVINCES = r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]"
_EARLIEST = date(1850, 1, 1)
MALE, FEMALE = "1", "2"  # GB/T 2261.1


class IdentityNumberUnusable(ValueError):
    """A number nobody can bear; `problem` says why, `str()` says it in the reader's language."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem)
        self.problem = problem

    def __str__(self) -> str:
        return str(PROBLEMS[self.problem])


@dataclass(frozen=True)
class ResidentId:
    """A checked number and what it tells; `sex` is a code of GB/T 2261.1 (1 male, 2 female)."""

    number: str
    birth_date: date
    sex: str


def resident_id(text: str) -> ResidentId:
    """Read a citizen's number, or that of a resident from Hong Kong, Macao or Taiwan (81, 82, 83).

    Spaces, hyphens, full width and a small x are put right. Raises IdentityNumberUnusable. Whether the
    birth date lies in the future is for the caller to say: no moment is known here.
    """
    number = re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", text)).upper()
    if not re.fullmatch(r"[0-9]{17}[0-9X]", number):
        raise IdentityNumberUnusable("form" if number else "empty")
    if not re.match(_PROVINCES, number):
        raise IdentityNumberUnusable("region")
    born = _birth_date(number[6:14])
    if born is None or born < _EARLIEST:
        raise IdentityNumberUnusable("birth_date")
    if ric.calc_check_digit(number) != number[-1]:
        raise IdentityNumberUnusable("check_digit")
    return ResidentId(number, born, MALE if int(number[16]) % 2 else FEMALE)


def _birth_date(digits: str) -> date | None:
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
