"""A service, as platform engines show it."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from liangyi.domains.catalogue.models import Service
from liangyi.domains.catalogue.permissions import services_visible_to
from liangyi.platform import subjects
from liangyi.platform.actors import Actor

SERVICE = "catalogue.service"


def _label(ids: Collection[UUID]) -> dict[UUID, str]:
    return dict(Service.objects.filter(id__in=ids).values_list("id", "name"))


def _may_see(actor: Actor, ids: Collection[UUID]) -> Collection[UUID]:
    return set(services_visible_to(actor).filter(id__in=ids).values_list("id", flat=True))


subjects.register(SERVICE, label=_label, url=lambda row: f"/settings/services/{row}/", may_see=_may_see)
