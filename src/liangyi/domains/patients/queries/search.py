"""Finds patients by what people type: part of a name, pinyin, a telephone's end, a number on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Case, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce

from liangyi.domains.patients import rules
from liangyi.domains.patients.indexing import site_mark
from liangyi.domains.patients.models import IdentityPaper, Patient, Registration
from liangyi.domains.patients.permissions import sites_visible_to
from liangyi.domains.patients.queries.people import people_for
from liangyi.platform.actors import Actor
from liangyi.platform.phones import mask
from liangyi.platform.sealing import blind
from liangyi.platform.search.queries import matching
from liangyi.platform.search.tokens import query_tokens

MOST_TYPED = 60


@dataclass(frozen=True)
class PatientHit:
    """A patient as a list shows it: the telephone masked, the record number of the site looked from."""

    id: UUID
    name: str
    sex: str
    birth_date: date | None
    phone: str
    record_number: str


def patients_for_search(actor: Actor, text: str, limit: int = 20) -> list[PatientHit]:
    """Patients registered where the actor may look, by name; at most `limit`.

    One statement, two where `text` may be a complete identity number. Merged and pseudonymous records
    are never found: their surviving record is, by everything known of either.
    """
    sites = sites_visible_to(actor)
    if sites == []:
        return []
    typed = text.strip()[:MOST_TYPED]
    owners = _owners_of_paper(typed) if rules.may_be_a_paper_number(typed) else []
    found = Patient.objects.filter(is_pseudonymous=False, canonical=None)
    if sites is not None:
        found = found.filter(tokens__overlap=[site_mark(site) for site in sites])
    chosen = found.filter(pk__in=owners) if owners else matching(found, query_tokens(typed))
    return hits(actor, chosen.order_by("pinyin", "id")[:limit])


def hits(actor: Actor, patients: QuerySet[Patient]) -> list[PatientHit]:
    """These patients as hits, in one statement."""
    rows = patients.annotate(shown_number=shown_number(actor)).only("name", "sex", "birth_date", "phone")
    return [
        PatientHit(
            id=row.pk,
            name=row.name,
            sex=row.sex,
            birth_date=row.birth_date,
            phone=mask(row.phone),
            record_number=row.shown_number,
        )
        for row in rows
    ]


def shown_number(actor: Actor) -> Coalesce:
    """The record number at the active site, else at another one open to the actor, else a merged record's."""
    own = Registration.objects.filter(patient=OuterRef("pk"))
    merged = Registration.objects.filter(patient__canonical=OuterRef("pk"))
    return Coalesce(_first_number(actor, own), _first_number(actor, merged), Value(""))


def _first_number(actor: Actor, registrations: QuerySet[Registration]) -> Subquery:
    sites = sites_visible_to(actor)
    visible = registrations if sites is None else registrations.filter(site__in=sites)
    here_first = Case(When(site=actor.site, then=0), default=1) if actor.site else Value(0)
    return Subquery(visible.order_by(here_first, "record_number").values("record_number")[:1])


def _owners_of_paper(number: str) -> list[UUID]:
    """Surviving records of whoever has shown a paper with exactly this number."""
    found = IdentityPaper.objects.filter(blind=blind(rules.bare_number(number)))
    ids = set(found.values_list("patient_id", flat=True))
    return list({person.canonical_id for person in people_for(ids).values()}) if ids else []
