"""A site's calendar as the subject of work."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from liangyi.platform import subjects
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.worklist.schedule import CALENDAR, CALENDAR_PAGE


def _labels(ids: Collection[UUID]) -> dict[UUID, str]:
    return dict(Site.objects.filter(id__in=ids).values_list("id", "name"))


def _may_see(actor: Actor, ids: Collection[UUID]) -> set[UUID]:
    return {row_id for row_id in ids if actor.is_system or row_id in actor.grants}


subjects.register(CALENDAR, label=_labels, url=lambda _row_id: CALENDAR_PAGE, may_see=_may_see)
