"""Certificates: entered, verified with the register, corrected, revoked."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import TypedDict, Unpack
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liangyi.domains.catalogue.models import Subject
from liangyi.domains.organisation.errors import once
from liangyi.domains.organisation.rules import Problems
from liangyi.domains.staff.enums import CredentialKind
from liangyi.domains.staff.events import CredentialChanged, CredentialRevoked
from liangyi.domains.staff.models import Credential, CredentialSite
from liangyi.domains.staff.permissions import MANAGE
from liangyi.domains.staff.rules import requirements
from liangyi.domains.staff.services.members import locked_member
from liangyi.platform import events
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.clock import HOME_ZONE, local_day
from liangyi.platform.errors import Missing

_TAKEN = {"staff_credential_number_once": ("number", _("这个证书编号已经登记过"))}


class CredentialInput(TypedDict, total=False):
    """What stands on a certificate. `subjects` are subject codes, `sites` where it is registered."""

    kind: str
    number: str
    issuer: str
    issued_on: date
    valid_to: date | None
    sites: Iterable[UUID]
    subjects: Iterable[str]


def add_credential(
    *, actor: Actor, at: datetime, member: UUID, **given: Unpack[CredentialInput]
) -> Credential:
    """Enter a certificate. Kinds tied to place or scope need sites or subjects (data/requirements.toml)."""
    with once(**_TAKEN), recorded(actor):
        row = Credential(staff=locked_member(actor, member))
        _save(row, given, actor, at)
    return row


def change_credential(
    *, actor: Actor, at: datetime, credential: UUID, **given: Unpack[CredentialInput]
) -> Credential:
    """Correct or extend a certificate; what was verified before is to be verified again."""
    with once(**_TAKEN), recorded(actor):
        row = _locked(actor, credential)
        row.verified_on = None
        _save(row, given, actor, at)
    return row


def verify_credential(*, actor: Actor, at: datetime, credential: UUID) -> Credential:
    """Note that the certificate was looked up in the register today and is as entered."""
    with recorded(actor):
        row = _locked(actor, credential)
        row.verified_on = local_day(at, HOME_ZONE)
        row.save()
    return row


def revoke_credential(
    *, actor: Actor, at: datetime, credential: UUID, revoked_on: date, reason: str
) -> Credential:
    """The certificate counts no more from a day on; the reason is kept in history."""
    problems = Problems()
    reason = problems.text("reason", reason, most=200)
    with recorded(actor, reason=reason):
        row = _locked(actor, credential)
        problems.check(revoked_on >= row.issued_on, "revoked_on", _("不能早于发证日期"))
        problems.done()
        row.revoked_on = revoked_on
        row.save()
        events.publish(CredentialRevoked(row.staff_id, row.id, revoked_on, at))
    return row


def _locked(actor: Actor, credential: UUID) -> Credential:
    row = Credential.objects.select_for_update().filter(id=credential).first()
    if row is None:
        raise Missing()
    locked_member(actor, row.staff_id)
    return row


def _save(row: Credential, given: CredentialInput, actor: Actor, at: datetime) -> None:
    for name, value in given.items():
        if name in ("kind", "number", "issuer", "issued_on", "valid_to"):
            setattr(row, name, value)
    if "subjects" in given:
        row.subjects = sorted(set(given["subjects"]))
    kept = set() if row._state.adding else set(row.places.values_list("site", flat=True))
    sites = set(given["sites"]) if "sites" in given else kept
    for site in sites - kept:
        actor.require(MANAGE, site)
    _check(row, sites, at)
    row.save()
    row.places.exclude(site__in=sites).delete()
    CredentialSite.objects.bulk_create(
        CredentialSite(credential=row, site_id=site) for site in sorted(sites - kept)
    )
    events.publish(CredentialChanged(row.staff_id, row.id, at))


def _check(row: Credential, sites: set[UUID], at: datetime) -> None:
    problems, table = Problems(), requirements()
    row.kind = problems.choice("kind", row.kind, CredentialKind.values)
    row.number = problems.text("number", row.number, most=40)
    row.issuer = problems.text("issuer", row.issuer, most=100, required=False)
    if row.issued_on is None:
        problems.add("issued_on", _("请填写"))
    else:
        problems.check(row.issued_on <= local_day(at, HOME_ZONE), "issued_on", _("发证日期不能在将来"))
        problems.period("valid_to", row.issued_on, row.valid_to)
    problems.check(bool(sites) or row.kind not in table.tied_to_place, "sites", _("请选择执业地点"))
    problems.check(bool(row.subjects) or row.kind not in table.tied_to_scope, "subjects", _("请选择执业范围"))
    known = Subject.objects.filter(code__in=row.subjects).count()
    problems.check(known == len(row.subjects), "subjects", _("请从列表中选择"))
    problems.check(Site.objects.filter(id__in=sites).count() == len(sites), "sites", _("请从列表中选择"))
    problems.done()
