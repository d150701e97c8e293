"""Who has to read what, and who has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from liangyi.domains.governance.enums import VersionState
from liangyi.domains.governance.models import Clause, PolicyVersion, ReadingDuty, Receipt
from liangyi.domains.governance.permissions import MAINTAIN
from liangyi.platform.access.models import Grant, Site
from liangyi.platform.actors import Actor
from liangyi.platform.errors import Missing

PAGE = 50
CHUNK = 60


@dataclass(frozen=True)
class Reader:
    """Somebody who has to read: where they work, and within how many working days."""

    account: UUID
    site: UUID
    time_zone: str
    due_days: int


@dataclass(frozen=True)
class Readings:
    """How many were asked to read a version, have done so, and are late."""

    asked: int = 0
    done: int = 0
    late: int = 0


def readers_of(version: PolicyVersion) -> list[Reader]:
    """Every living account that holds one of the roles which have to read the version. Three statements.

    The shortest of their terms counts. Their site is that of the grant, else their own, else any.
    """
    days = dict(version.reading_duties.values_list("role", "due_days"))
    if not days:
        return []
    zones = dict(Site.objects.filter(is_active=True).order_by("name").values_list("id", "time_zone"))
    grants = Grant.objects.filter(
        Q(site=None) | Q(site__is_active=True),
        role__code__in=days,
        account__is_active=True,
        account__ended_at=None,
    )
    found: dict[UUID, Reader] = {}
    for account, role, site, home in grants.order_by("account_id", "site_id").values_list(
        "account_id", "role__code", "site_id", "account__site_id"
    ):
        place = next((one for one in (site, home, *zones) if one in zones), None)
        if place is not None:
            known = found.get(account) or Reader(account, place, zones[place], days[role])
            found[account] = Reader(account, known.site, known.time_zone, min(known.due_days, days[role]))
    return list(found.values())


def released_versions_with_duties() -> list[PolicyVersion]:
    """Versions in force, or released for a later day, that somebody has to read."""
    duties = ReadingDuty.objects.filter(version=OuterRef("pk"))
    living = Q(state=VersionState.RELEASED) | Q(state=VersionState.APPROVED, released_at__isnull=False)
    rows = PolicyVersion.objects.filter(living, Exists(duties)).select_related("policy")
    return list(rows.defer("text").order_by("id"))


def receipts_for(actor: Actor, *, is_done: bool = False, after: UUID | None = None) -> list[Receipt]:
    """The actor's own readings, PAGE + 1 of them: to be done, or done."""
    rows = _whole(Receipt.objects.filter(account=actor.id, cancelled_at=None))
    rows = rows.filter(completed_at__isnull=not is_done)
    if after is not None:
        rows = rows.filter(id__lt=after)
    return list(rows.order_by("-id")[: PAGE + 1])


def receipt_for(actor: Actor, receipt: UUID) -> Receipt:
    """The actor's own receipt; Missing for anybody else's."""
    found = _whole(Receipt.objects.filter(id=receipt, account=actor.id)).first()
    if found is None or actor.kind != "staff":
        raise Missing()
    return found


def receipts_of(actor: Actor, version: PolicyVersion, *, after: UUID | None = None) -> list[Receipt]:
    """Everybody's readings of a version at the sites where the actor sees to policies, PAGE + 1 of them."""
    actor.require(MAINTAIN)
    rows = version.receipts.filter(cancelled_at=None).select_related("account", "site")
    if not actor.is_system:
        rows = rows.filter(site__in=actor.sites_with(MAINTAIN))
    if after is not None:
        rows = rows.filter(id__gt=after)
    return list(rows.annotate(tries=Count("attempts")).order_by("id")[: PAGE + 1])


def receipts_visible_to(actor: Actor) -> QuerySet[Receipt]:
    """One's own, and those at the sites where one sees to policies."""
    if actor.is_system:
        return Receipt.objects.all()
    return Receipt.objects.filter(Q(account=actor.id) | Q(site__in=actor.sites_with(MAINTAIN)))


def readings_of(versions: Iterable[PolicyVersion], at: datetime) -> dict[UUID, Readings]:
    """The figures of versions by id. One statement."""
    rows = Receipt.objects.filter(version__in=list(versions), cancelled_at=None)
    figures = rows.values_list("version").annotate(
        asked=Count("id"),
        done=Count("completed_at"),
        late=Count("id", filter=Q(completed_at=None, due_at__lt=at)),
    )
    return {version: Readings(asked, done, late) for version, asked, done, late in figures.order_by()}


def late_receipts(at: datetime) -> QuerySet[Receipt]:
    """What should have been read by now and has not."""
    rows = Receipt.objects.filter(completed_at=None, cancelled_at=None, due_at__lt=at)
    return _whole(rows).order_by("due_at", "id")


def clauses_to_read(receipt: Receipt, after: int) -> list[Clause]:
    """The CHUNK clauses that follow a position."""
    return list(receipt.version.clauses.filter(position__gt=after).order_by("position")[:CHUNK])


def _whole(rows: QuerySet[Receipt]) -> QuerySet[Receipt]:
    return rows.select_related("version__policy", "account").defer("version__text")
