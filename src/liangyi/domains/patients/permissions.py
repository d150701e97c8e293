"""What may be done with patients, and which of them an actor sees: those registered where it may look."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liangyi.platform.access.registry import declare
from liangyi.platform.actors import Actor
from liangyi.platform.errors import Denied, Missing

if TYPE_CHECKING:
    from liangyi.domains.patients.models import Patient

VIEW = "patients.view"
REGISTER = "patients.register"
CHANGE = "patients.change"
MERGE = "patients.merge"
REVEAL_PHONE = "patients.reveal_phone"
REVEAL_IDENTITY = "patients.reveal_identity"
PUBLISH_CONSENT = "patients.publish_consent"

CLINICAL = ("surgeon", "dentist", "nurse", "anaesthetist")

declare(
    VIEW,
    _("查看患者"),
    roles=("reception", "consultant", *CLINICAL, "pharmacist", "cashier", "quality", "director"),
)
declare(REGISTER, _("登记患者"), roles=("reception", "consultant", "director"))
declare(CHANGE, _("修改患者资料"), roles=("reception", "consultant", *CLINICAL, "director"))
declare(MERGE, _("合并患者"), roles=("quality", "director"))
declare(REVEAL_PHONE, _("查看完整电话"), roles=("reception", "consultant", *CLINICAL, "quality", "director"))
declare(REVEAL_IDENTITY, _("查看完整证件号"), roles=("reception", "quality", "director"))
declare(PUBLISH_CONSENT, _("发布同意书版本"), roles=("quality", "director"))


def sites_visible_to(actor: Actor) -> list[UUID] | None:
    """The sites whose patients `actor` sees; None means every site (the program itself)."""
    return None if actor.is_system else actor.sites_with(VIEW)


def can_at_any(actor: Actor, permission: str, sites: Collection[UUID]) -> bool:
    """Whether `permission` is held at one of `sites`."""
    return actor.is_system or any(actor.may(permission, site) for site in sites)


def require_at_any(actor: Actor, permission: str, sites: Collection[UUID]) -> None:
    """Missing where none of `sites` is open to `actor`, Denied where none grants `permission`."""
    if not can_at_any(actor, VIEW, sites):
        raise Missing()
    if not can_at_any(actor, permission, sites):
        raise Denied(permission)


def can_change(actor: Actor, patient: Patient, sites: Collection[UUID]) -> bool:
    """A record that stands for another one, or for nobody known by name, is not edited."""
    open_record = patient.canonical_id is None and not patient.is_pseudonymous
    return open_record and can_at_any(actor, CHANGE, sites)
