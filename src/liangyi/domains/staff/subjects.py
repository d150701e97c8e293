"""People and their certificates, as platform engines show them."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from liangyi.domains.staff.models import Credential, Privilege, StaffMember
from liangyi.domains.staff.permissions import SEE_CREDENTIALS, members_visible_to
from liangyi.platform import subjects
from liangyi.platform.actors import Actor

MEMBER = "staff.member"
CREDENTIAL = "staff.credential"
PRIVILEGE = "staff.privilege"


def _member_labels(ids: Collection[UUID]) -> dict[UUID, str]:
    return dict(StaffMember.objects.filter(id__in=ids).values_list("id", "name"))


def _may_see_members(actor: Actor, ids: Collection[UUID]) -> Collection[UUID]:
    return set(members_visible_to(actor).filter(id__in=ids).values_list("id", flat=True))


def _credential_labels(ids: Collection[UUID]) -> dict[UUID, str]:
    rows = Credential.objects.filter(id__in=ids).select_related("staff")
    return {row.id: f"{row.staff.name} · {row.get_kind_display()}" for row in rows}


def _may_see_credentials(actor: Actor, ids: Collection[UUID]) -> Collection[UUID]:
    visible = members_visible_to(actor, SEE_CREDENTIALS)
    return set(Credential.objects.filter(id__in=ids, staff__in=visible).values_list("id", flat=True))


def _privilege_labels(ids: Collection[UUID]) -> dict[UUID, str]:
    rows = Privilege.objects.filter(id__in=ids).select_related("staff", "service")
    return {row.id: f"{row.staff.name} · {row.service.name}" for row in rows}


def _may_see_privileges(actor: Actor, ids: Collection[UUID]) -> Collection[UUID]:
    visible = members_visible_to(actor, SEE_CREDENTIALS)
    return set(Privilege.objects.filter(id__in=ids, staff__in=visible).values_list("id", flat=True))


subjects.register(
    MEMBER, label=_member_labels, url=lambda row: f"/settings/staff/{row}/", may_see=_may_see_members
)
subjects.register(
    CREDENTIAL,
    label=_credential_labels,
    url=lambda row: f"/settings/credentials/{row}/",
    may_see=_may_see_credentials,
)
subjects.register(
    PRIVILEGE,
    label=_privilege_labels,
    url=lambda row: f"/settings/privileges/{row}/",
    may_see=_may_see_privileges,
)
