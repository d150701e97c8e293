"""Licences, as platform engines show them."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from liangyi.domains.organisation.models import Licence
from liangyi.domains.organisation.permissions import sites_visible_to
from liangyi.platform import subjects
from liangyi.platform.actors import Actor

LICENCE = "organisation.licence"


def _label(ids: Collection[UUID]) -> dict[UUID, str]:
    rows = Licence.objects.filter(id__in=ids).values_list("id", "site__name", "number")
    return {row: f"{site} · {number}" for row, site, number in rows}


def _may_see(actor: Actor, ids: Collection[UUID]) -> Collection[UUID]:
    seen = Licence.objects.filter(id__in=ids, site__in=sites_visible_to(actor))
    return set(seen.values_list("id", flat=True))


subjects.register(LICENCE, label=_label, url=lambda row: f"/settings/licences/{row}/", may_see=_may_see)
