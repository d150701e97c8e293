"""Evidence packs, and who may see which."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Case, IntegerField, Q, QuerySet, When

from liangyi.domains.governance.enums import NORMATIVE, PackState, VersionState
from liangyi.domains.governance.models import Clause, Pack, Policy
from liangyi.domains.governance.permissions import PACK, policies_visible_to
from liangyi.platform.actors import Actor
from liangyi.platform.errors import Missing

PAGE = 50
_LEFT = timedelta(minutes=2)


def packs_visible_to(actor: Actor) -> QuerySet[Pack]:
    """Those of the sites where the actor makes them; an inspector sees what was made for them, finished."""
    rows = Pack.objects.select_related("site", "requested_by", "inspection__account", "file")
    if actor.is_system:
        return rows
    own = Q(inspection__account=actor.id, inspection__ended_at=None, state=PackState.DONE)
    return rows.filter(Q(site__in=actor.sites_with(PACK)) | own)


def packs_for_list(
    actor: Actor, site: UUID, *, after: UUID | None = None, limit: int = PAGE
) -> Sequence[Pack]:
    """A site's packs, newest first."""
    rows = packs_visible_to(actor).filter(site=site).order_by("-id")
    if after is not None:
        rows = rows.filter(id__lt=after)
    return list(rows[:limit])


def pack_for(actor: Actor, pack: UUID) -> Pack:
    """One pack; Missing when it is not there or not for this actor."""
    found = packs_visible_to(actor).filter(id=pack).first()
    if found is None:
        raise Missing()
    return found


def packs_of_inspection(actor: Actor, inspection: UUID) -> Sequence[Pack]:
    """The packs made for one inspection, newest first."""
    return list(packs_visible_to(actor).filter(inspection=inspection).order_by("-id")[:PAGE])


def packs_left(at: datetime) -> list[UUID]:
    """Packs whose job may be lost; one that is being made is told by its lock."""
    rows = Pack.objects.filter(state__in=(PackState.WAITING, PackState.RUNNING), requested_at__lt=at - _LEFT)
    return list(rows.order_by("requested_at").values_list("id", flat=True)[:20])


def policies_to_pack(actor: Actor) -> Sequence[Policy]:
    """The policies there are to choose from, by title."""
    return list(policies_visible_to(actor).order_by("title", "id")[:200])


def clauses_to_pack(actor: Actor, policies: Sequence[UUID]) -> Sequence[Clause]:
    """The obligations and prohibitions of policies, of the version in force or else the newest."""
    clauses: list[Clause] = []
    for policy in policies_visible_to(actor).filter(id__in=policies).order_by("title", "id"):
        in_force = Case(When(state=VersionState.RELEASED, then=0), default=1, output_field=IntegerField())
        version = policy.versions.order_by(in_force, "-number").values_list("id", flat=True).first()
        clauses += Clause.objects.filter(version=version, kind__in=NORMATIVE).order_by("position")
    return clauses


def chosen_clauses(actor: Actor, ids: Sequence[UUID]) -> Sequence[Clause]:
    """Clauses by id, in the order of policies and texts."""
    rows = Clause.objects.filter(id__in=ids, version__policy__in=policies_visible_to(actor))
    ordered = rows.select_related("version__policy").defer("version__text")
    return list(ordered.order_by("version__policy__title", "version__policy_id", "position"))
