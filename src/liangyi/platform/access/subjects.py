"""Emergency looks and accounts, as worklist and history call them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from django.urls import reverse

from liangyi.platform import subjects
from liangyi.platform.access.models import BreakGlass
from liangyi.platform.access.queries import break_glass_visible_to
from liangyi.platform.actors import Actor

BREAK_GLASS = "access.break_glass"


def _labels(ids: Collection[UUID]) -> Mapping[UUID, str]:
    return dict(BreakGlass.objects.filter(pk__in=ids).values_list("pk", "account__display_name"))


def _may_see(actor: Actor, ids: Collection[UUID]) -> Collection[UUID]:
    return set(break_glass_visible_to(actor).filter(pk__in=ids).values_list("pk", flat=True))


subjects.register(
    BREAK_GLASS,
    label=_labels,
    url=lambda row_id: reverse("access:break_glass_review", args=[row_id]),
    may_see=_may_see,
)
