"""What is missing for a booking, in words: gates refuse with them, the list of what to rebook says them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.text import format_lazy as said
from django.utils.translation import gettext_lazy as _

from liangyi.domains.staff.enums import CredentialKind, Reason
from liangyi.domains.staff.rules import Shortfall

_UNLICENSED = {
    Reason.LEFT: _("{practitioner}已于 {end} 离职"),
    Reason.MISSING: _("{practitioner}没有登记{kind}"),
    Reason.NOT_YET_VALID: _("{practitioner}的{kind}尚未生效"),
    Reason.EXPIRED: _("{practitioner}的{kind} {end} 到期"),
    Reason.REVOKED: _("{practitioner}的{kind}已注销"),
    Reason.REGISTERED_ELSEWHERE: _("{practitioner}的{kind}没有注册在{site}"),
    Reason.OUT_OF_SCOPE: _("{practitioner}的{kind}不含“{subject}”"),
}
_WITHHELD = {
    Reason.PRIVILEGE_MISSING: _("{practitioner}没有“{service}”的手术授权"),
    Reason.PRIVILEGE_EXPIRED: _("{practitioner}的“{service}”授权 {end} 到期"),
    Reason.PRIVILEGE_SUSPENDED: _("{practitioner}的“{service}”授权已暂停"),
}


def unlicensed(missing: Iterable[Shortfall], *, practitioner: str, site: str, subject: str) -> Any:
    """What keeps a practitioner from a subject at a site."""
    names = {"practitioner": practitioner, "site": site, "subject": subject}
    return sentences([_unlicensed(shortfall, names) for shortfall in missing])


def _unlicensed(shortfall: Shortfall, names: dict[str, Any]) -> Any:
    kind = CredentialKind(shortfall.kind).label if shortfall.kind else _("执业证书")
    return said(_UNLICENSED[shortfall.reason], kind=kind, end=shortfall.valid_to, **names)


def withheld(missing: Shortfall, *, practitioner: str, service: str) -> Any:
    """What is wrong with a practitioner's authority to do a service."""
    return said(_WITHHELD[missing.reason], end=missing.valid_to, practitioner=practitioner, service=service)


def uncalibrated(name: str, due: date | None) -> Any:
    """Why a device may not be used."""
    if due is None:
        return said(_("设备“{name}”还没有校准记录"), name=name)
    return said(_("设备“{name}”的校准 {due} 到期"), name=name, due=due)


def sentences(parts: list[Any]) -> Any:
    """Several reasons in one line."""
    return said("；".join(["{}"] * len(parts)), *parts)
