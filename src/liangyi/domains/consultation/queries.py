"""Reads of enquiries."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q, QuerySet, Subquery

from liangyi.domains.consultation.models import Enquiry
from liangyi.domains.consultation.permissions import VIEW, enquiries_visible_to
from liangyi.platform.actors import Actor
from liangyi.platform.errors import Missing


def enquiries_for_list(
    actor: Actor, *, site: UUID, status: str = "", text: str = "", after: UUID | None = None
) -> QuerySet[Enquiry]:
    """A site's enquiries, the newest first; those after the row `after`. To be cut to a page."""
    actor.require(VIEW, site)
    found = enquiries_visible_to(actor).filter(site=site)
    if status:
        found = found.filter(status=status)
    if text := text.strip():
        found = found.filter(name__icontains=text) | found.filter(phone__endswith=text)
    if after is not None:
        opened = Subquery(Enquiry.objects.filter(id=after).values("opened_at"))
        found = found.filter(Q(opened_at__lt=opened) | Q(opened_at=opened, id__lt=after))
    rows = found.select_related("service", "patient", "appointment", "opened_by")
    return rows.order_by("-opened_at", "-id")


def enquiry_for(actor: Actor, enquiry: UUID) -> Enquiry:
    """One enquiry with what it points to. Raises Missing."""
    found = (
        enquiries_visible_to(actor)
        .select_related("site", "service", "patient", "appointment", "opened_by")
        .filter(id=enquiry)
        .first()
    )
    if found is None:
        raise Missing()
    return found


def enquiries_of_patient(actor: Actor, patient: UUID) -> QuerySet[Enquiry]:
    """What a person has asked at the actor's sites, the newest first."""
    found = enquiries_visible_to(actor).filter(patient=patient)
    return found.select_related("service", "appointment").order_by("-opened_at", "-id")
