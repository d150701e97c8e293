"""What worklist and events mean by an enquiry."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from liangyi.domains.consultation.models import Enquiry
from liangyi.domains.consultation.permissions import enquiries_visible_to
from liangyi.platform import subjects
from liangyi.platform.actors import Actor

ENQUIRY = "consultation.enquiry"


def _label(ids: Collection[UUID]) -> Mapping[UUID, str]:
    return dict(Enquiry.objects.filter(id__in=ids).values_list("id", "name"))


def _may_see(actor: Actor, ids: Collection[UUID]) -> set[UUID]:
    return set(enquiries_visible_to(actor).filter(id__in=ids).values_list("id", flat=True))


subjects.register(ENQUIRY, label=_label, url=lambda row: f"/enquiries/{row}/", may_see=_may_see)
