"""Phone numbers: one stored form, and the masked one that screens show."""

from __future__ import annotations

import re

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

HOME_REGION = "CN"


def normalise(text: str, region: str = HOME_REGION) -> str:
    """The stored form: a number of `region` as its national digits, any other with + and country code.

    `+86 138-1234-5678` → `13812345678`, `010 6512 3456` → `01065123456`, `+852 5123 4567` →
    `+85251234567`. Raises ValueError when no such number can exist.
    """
    number = _parsed(text, region)
    if phonenumbers.region_code_for_number(number) != region:
        return phonenumbers.format_number(number, PhoneNumberFormat.E164)
    return re.sub(r"\D", "", phonenumbers.format_number(number, PhoneNumberFormat.NATIONAL))


def mask(text: str) -> str:
    """`13812345678` → `138****1234`-like: the first three (or the country code) and the last four digits."""
    digits = re.sub(r"\D", "", text)
    if not digits:
        return ""
    if len(digits) < 8:
        return "****" + digits[-2:]
    start = text[:4] if text.startswith("+") else digits[:3]
    return f"{start}****{digits[-4:]}"


def _parsed(text: str, region: str) -> phonenumbers.PhoneNumber:
    try:
        number = phonenumbers.parse(text, region)
    except NumberParseException as problem:
        raise ValueError(str(problem)) from problem
    if not phonenumbers.is_valid_number(number) or number.extension:
        raise ValueError("not a phone number")
    return number
