"""What was typed to find somebody who is not there yet: the registration form begins with it."""

from __future__ import annotations

import re

from liangyi.domains.patients.enums import PaperKind
from liangyi.platform.identity_numbers import resident_id
from liangyi.web.shell.page import Request

_KEPT = "registering_typed"
_PHONE = re.compile(r"\+?[\d\s-]{7,20}")
_CHINESE = re.compile(r"[\u3400-\u9fff]")
_CODE = re.compile(r"\d")


def fields_from(typed: str) -> dict[str, str]:
    """Identity number, telephone or name, whichever it looks like. Pinyin and record numbers tell nothing."""
    text = typed.strip()[:60]
    if _is_resident_id(text):
        return {"paper_kind": PaperKind.RESIDENT_ID.value, "paper_number": text}
    if _PHONE.fullmatch(text):
        return {"phone": text}
    is_name = _CHINESE.search(text) or (" " in text and not _CODE.search(text))
    return {"name": text} if is_name else {}


def remember(request: Request, typed: str) -> None:
    """Until the registration form is opened next."""
    if fields_from(typed):
        request.session[_KEPT] = typed[:60]


def remembered(request: Request) -> dict[str, str]:
    """The fields of what was remembered; once."""
    return fields_from(request.session.pop(_KEPT)) if _KEPT in request.session else {}


def _is_resident_id(text: str) -> bool:
    try:
        resident_id(text)
    except ValueError:
        return False
    return True
