"""Reads of people: lists and pages, and the facts that gates and free times are decided by."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import JSONObject

from liangyi.domains.catalogue import queries as catalogue
from liangyi.domains.staff.models import Credential, CredentialSite, PostHeld, Privilege, StaffMember
from liangyi.domains.staff.permissions import SEE, SEE_CREDENTIALS, members_visible_to
from liangyi.domains.staff.rules import CredentialFacts, PractitionerFacts, PrivilegeFacts
from liangyi.platform.actors import Actor
from liangyi.platform.errors import Missing

REMEMBERED = timedelta(days=5 * 366)  # older certificates and privileges say nothing any more


def practitioner_facts(ids: Collection[UUID], on: date) -> dict[UUID, PractitionerFacts]:
    """All that decides what these people may do around the day `on`, in one statement."""
    return {person.id: person for person in _facts_of(StaffMember.objects.filter(id__in=ids), on)}


def practitioners_at(site_id: UUID, on: date) -> list[PractitionerFacts]:
    """Everybody with a certificate registered at a site, by name, in one statement."""
    registered = CredentialSite.objects.filter(credential__staff=OuterRef("pk"), site=site_id)
    return _facts_of(StaffMember.objects.filter(Exists(registered)).order_by("pinyin", "id"), on)


def practitioners_for(service_id: UUID, site_id: UUID, on: date) -> list[PractitionerFacts]:
    """Who is licensed and privileged for a service at a site on a day, by name, in two statements.

    Whether the site itself may offer the service is asked elsewhere. Raises Missing for the service.
    """
    service = catalogue.service_facts(service_id, site_id, on)
    return [
        person
        for person in practitioners_at(site_id, on)
        if not person.shortfalls(
            service_id=service_id,
            subject=service.subject,
            needs_privilege=service.needs_privilege,
            site_id=site_id,
            on=on,
        )
    ]


def _facts_of(members: QuerySet[StaffMember], on: date) -> list[PractitionerFacts]:
    rows = members.annotate(
        credential_rows=ArraySubquery(_credential_rows(on)), privilege_rows=ArraySubquery(_privilege_rows(on))
    ).values("id", "name", "profession", "title", "left_on", "credential_rows", "privilege_rows")
    return [
        PractitionerFacts(
            id=row["id"],
            name=row["name"],
            profession=row["profession"],
            title=row["title"],
            left_on=row["left_on"],
            credentials=tuple(_credential(each) for each in row["credential_rows"]),
            privileges=tuple(_privilege(each) for each in row["privilege_rows"]),
        )
        for row in rows
    ]


def _credential_rows(on: date) -> QuerySet[Any, Any]:
    places = CredentialSite.objects.filter(credential=OuterRef("pk")).values("site")
    fields = ("id", "kind", "number", "issued_on", "valid_to", "revoked_on", "verified_on", "subjects")
    return (
        Credential.objects.filter(Q(valid_to=None) | Q(valid_to__gte=on - REMEMBERED), staff=OuterRef("pk"))
        .annotate(place_ids=ArraySubquery(places))
        .values(row=JSONObject(**{name: name for name in fields}, sites="place_ids"))
    )


def _privilege_rows(on: date) -> QuerySet[Any, Any]:
    fields = ("service_id", "valid_from", "valid_to", "suspended_on")
    return Privilege.objects.filter(staff=OuterRef("pk"), valid_to__gte=on - REMEMBERED).values(
        row=JSONObject(**{name: name for name in fields})
    )


def _credential(row: dict[str, Any]) -> CredentialFacts:
    return CredentialFacts(
        id=UUID(row["id"]),
        kind=row["kind"],
        number=row["number"],
        issued_on=date.fromisoformat(row["issued_on"]),
        valid_to=_day(row["valid_to"]),
        revoked_on=_day(row["revoked_on"]),
        verified_on=_day(row["verified_on"]),
        sites=frozenset(UUID(site) for site in row["sites"]),
        subjects=frozenset(row["subjects"]),
    )


def _privilege(row: dict[str, Any]) -> PrivilegeFacts:
    return PrivilegeFacts(
        service_id=UUID(row["service_id"]),
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_to=date.fromisoformat(row["valid_to"]),
        suspended_on=_day(row["suspended_on"]),
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def members_for_list(
    actor: Actor,
    *,
    on: date,
    site: UUID | None = None,
    text: str = "",
    profession: str = "",
    left: bool = False,
) -> QuerySet[StaffMember]:
    """The people the actor may see, by name; those who have left only with `left`."""
    members = members_visible_to(actor, SEE)
    if site is not None:
        members = members.filter(_works_at(site))
    gone = Q(left_on__lt=on)
    members = members.filter(gone if left else ~gone)
    if profession:
        members = members.filter(profession=profession)
    if text := text.strip():
        members = members.filter(Q(name__icontains=text) | Q(pinyin__icontains=text.lower()))
    return members.select_related("account", "unit", "site").order_by("pinyin", "id")


def _works_at(site: UUID) -> Q:
    return (
        Q(site=site)
        | Q(site=None, unit__site=site)
        | Exists(PostHeld.objects.filter(staff=OuterRef("pk"), site=site))
        | Exists(CredentialSite.objects.filter(credential__staff=OuterRef("pk"), site=site))
    )


def member_for(actor: Actor, member_id: UUID) -> StaffMember:
    """One person the actor may see. Raises Missing."""
    members = members_visible_to(actor, SEE).select_related("account", "unit", "site")
    found = members.filter(id=member_id).first()
    if found is None:
        raise Missing()
    return found


def site_of(member: StaffMember) -> UUID | None:
    """Where somebody's papers are watched: their own site, or that of their department."""
    return member.site_id or (member.unit.site_id if member.unit else None)


def posts_of(member: StaffMember) -> QuerySet[PostHeld]:
    """The posts somebody holds or held, the present ones first."""
    return member.posts.select_related("post", "site").order_by("-held_from")


def post_held_for(member: StaffMember, held_id: UUID) -> PostHeld:
    """One post that somebody holds or held. Raises Missing."""
    found = posts_of(member).filter(id=held_id).first()
    if found is None:
        raise Missing()
    return found


def credentials_of(actor: Actor, member: StaffMember) -> QuerySet[Credential]:
    """Somebody's certificates with their places; none for those who may not see them."""
    if not _may_see_credentials(actor, member):
        return Credential.objects.none()
    places = Prefetch("places", CredentialSite.objects.select_related("site"))
    return member.credentials.prefetch_related(places).order_by("kind", "-issued_on")


def privileges_of(actor: Actor, member: StaffMember) -> QuerySet[Privilege]:
    """What somebody is authorised to do; none for those who may not see it."""
    if not _may_see_credentials(actor, member):
        return Privilege.objects.none()
    return member.privileges.select_related("service", "granted_by").order_by("-valid_from", "id")


def credential_for(actor: Actor, credential_id: UUID) -> Credential:
    """One certificate of somebody whose certificates the actor may see. Raises Missing."""
    found = (
        Credential.objects.filter(staff__in=members_visible_to(actor, SEE_CREDENTIALS))
        .select_related("staff")
        .filter(id=credential_id)
        .first()
    )
    if found is None:
        raise Missing()
    return found


def privilege_for(actor: Actor, privilege_id: UUID) -> Privilege:
    """One privilege of somebody whose privileges the actor may see. Raises Missing."""
    found = (
        Privilege.objects.filter(staff__in=members_visible_to(actor, SEE_CREDENTIALS))
        .select_related("staff", "service")
        .filter(id=privilege_id)
        .first()
    )
    if found is None:
        raise Missing()
    return found


def member_of_account(account_id: UUID) -> StaffMember | None:
    """Who on the staff signs in with an account."""
    return StaffMember.objects.filter(account=account_id).first()


def _may_see_credentials(actor: Actor, member: StaffMember) -> bool:
    if actor.is_system or (actor.id is not None and member.account_id == actor.id):
        return True
    return members_visible_to(actor, SEE_CREDENTIALS).filter(id=member.id).exists()
