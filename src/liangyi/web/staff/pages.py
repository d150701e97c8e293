"""What the staff screens show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from liangyi.domains.catalogue import queries as catalogue
from liangyi.domains.catalogue.models import Service
from liangyi.domains.staff import queries
from liangyi.domains.staff.controls import EXPIRING, PRIVILEGE_EXPIRING
from liangyi.domains.staff.enums import CredentialKind, Profession
from liangyi.domains.staff.models import Credential, PostHeld, Privilege, StaffMember
from liangyi.domains.staff.permissions import SEE_CREDENTIALS
from liangyi.domains.staff.rules import Shortfall
from liangyi.platform.access.models import Grant, Site
from liangyi.platform.actors import Actor
from liangyi.platform.controls.queries import parameter
from liangyi.web.organisation.fields import shown_name, today_at
from liangyi.web.organisation.pages import State, subject_names, validity, warning_days
from liangyi.web.shell.paging import page_of
from liangyi.web.staff.forms import FILTER_PROFESSIONS

STATES = [("", _("在职")), ("left", _("已离职"))]


@dataclass(frozen=True)
class CredentialRow:
    """A certificate, how it stands, where and for what it counts."""

    credential: Credential
    state: State
    places: list[str]
    subjects: list[str]


@dataclass(frozen=True)
class PrivilegeRow:
    """A privilege and how it stands."""

    privilege: Privilege
    state: State
    is_running: bool


@dataclass(frozen=True)
class PostRow:
    """A post held, and whether it still is."""

    held: PostHeld
    is_over: bool


@dataclass(frozen=True)
class AbilityRow:
    """A service of the active site, and why this person may not do it; nothing if they may."""

    service: Service
    reasons: list[str]


def member_list(actor: Actor, site: Site, asked: QueryDict, at: datetime) -> dict[str, Any]:
    """A page of the people of the active site: two statements."""
    profession = asked.get("profession", "")
    members = queries.members_for_list(
        actor,
        on=today_at(site, at),
        site=site.id,
        text=asked.get("q", "")[:60].replace("\x00", ""),
        profession=profession if profession in Profession.values else "",
        left=asked.get("state") == "left",
    )
    found = page_of(members, ("pinyin",), asked.get("after", ""))
    return {
        "rows": found.rows,
        "next": found.next,
        "states": STATES,
        "professions": FILTER_PROFESSIONS,
        "q": asked.get("q", "")[:60],
    }


def member_context(actor: Actor, member: StaffMember, site: Site, at: datetime) -> dict[str, Any]:
    """One person's page."""
    today = today_at(site, at)
    place = queries.site_of(member)
    soon = warning_days(EXPIRING.code, [place], today)[place]
    authority_soon = int(parameter(PRIVILEGE_EXPIRING.code, "days_before", place, today))
    sees = actor.may(SEE_CREDENTIALS, site.id) or (actor.id is not None and member.account_id == actor.id)
    return {
        "member": member,
        "is_gone": member.left_on is not None and member.left_on < today,
        "posts": [PostRow(held, _is_over(held.held_to, today)) for held in queries.posts_of(member)],
        "grants": _grants(member),
        "sees_credentials": sees,
        "credentials": _credential_rows(actor, member, today, soon) if sees else [],
        "privileges": _privilege_rows(actor, member, today, authority_soon) if sees else [],
        "abilities": _abilities(actor, member, site, today) if sees else [],
    }


def sentence(shortfall: Shortfall) -> str:
    """One thing that is missing, as a reader says it."""
    if not shortfall.kind:
        return str(shortfall.reason.label)
    facts = {"what": CredentialKind(shortfall.kind).label, "why": shortfall.reason.label}
    return str(_("%(what)s：%(why)s") % facts)


def credential_state(credential: Credential, today: date, soon: int) -> State:
    """Revoked, not yet valid, valid, soon over, over."""
    if credential.revoked_on is not None and credential.revoked_on <= today:
        return State(_("已注销"), "danger")
    return validity(credential.issued_on, credential.valid_to, today, soon)


def privilege_state(privilege: Privilege, today: date, soon: int) -> State:
    """Suspended, not yet valid, valid, soon over, over."""
    if privilege.suspended_on is not None and privilege.suspended_on <= today:
        return State(_("已暂停"), "danger")
    return validity(privilege.valid_from, privilege.valid_to, today, soon)


def _is_over(last: date | None, today: date) -> bool:
    return last is not None and last < today


def _grants(member: StaffMember) -> list[tuple[str, Any]]:
    grants = Grant.objects.filter(account=member.account_id).select_related("role", "site")
    return [
        (shown_name(grant.role), shown_name(grant.site) if grant.site else _("全部院区"))
        for grant in (grants.order_by("role__name") if member.account_id else [])
    ]


def _credential_rows(actor: Actor, member: StaffMember, today: date, soon: int) -> list[CredentialRow]:
    names = subject_names()
    return [
        CredentialRow(
            credential,
            credential_state(credential, today, soon),
            [shown_name(place.site) for place in credential.places.all()],
            [names.get(code, code) for code in credential.subjects],
        )
        for credential in queries.credentials_of(actor, member)
    ]


def _privilege_rows(actor: Actor, member: StaffMember, today: date, soon: int) -> list[PrivilegeRow]:
    return [
        PrivilegeRow(
            privilege, privilege_state(privilege, today, soon), not _is_over(privilege.valid_to, today)
        )
        for privilege in queries.privileges_of(actor, member)
    ]


def _abilities(actor: Actor, member: StaffMember, site: Site, today: date) -> list[AbilityRow]:
    """What the person may be booked for at the active site, and what keeps them from the rest."""
    facts = queries.practitioner_facts([member.id], today)[member.id]
    return [
        AbilityRow(
            service,
            [
                sentence(shortfall)
                for shortfall in facts.shortfalls(
                    service_id=service.id,
                    subject=service.subject.code,
                    needs_privilege=service.needs_privilege,
                    site_id=site.id,
                    on=today,
                )
            ],
        )
        for service in catalogue.services_for_site(actor, site.id)
    ]
