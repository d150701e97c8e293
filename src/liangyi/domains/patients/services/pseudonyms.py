"""People of imported histories: known by an outside id, kept out of search and of duplicate checks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext as _

from liangyi.domains.patients.enums import Sex
from liangyi.domains.patients.models import Patient, Registration
from liangyi.domains.patients.permissions import REGISTER
from liangyi.domains.patients.rules.entries import Pseudonym
from liangyi.domains.patients.services.numbering import next_pseudonym_numbers
from liangyi.domains.patients.services.opening import lock_words
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded

BATCH = 2_000
LONGEST_ID = 80


def register_pseudonyms(
    *, actor: Actor, at: datetime, site: Site, source: str, people: Iterable[Pseudonym]
) -> dict[str, UUID]:
    """Record ids by outside id, made where missing; a second call for the same people changes nothing.

    Each has a number of the pseudonyms' own series at `site`, so that the site's people may open it.
    """
    actor.require(REGISTER, site.pk)
    wanted = {person.outside_id: person for person in people}
    if not source or any(not key or len(key) > LONGEST_ID for key in wanted):
        raise ValueError("a source and outside ids of at most 80 characters are needed")
    with recorded(actor, reason=_("导入历史 %(source)s") % {"source": source}):
        lock_words([f"pseudonyms:{source}"])
        known = dict(Patient.objects.filter(source=source).values_list("outside_id", "pk"))
        missing = [person for key, person in wanted.items() if key not in known]
        for start in range(0, len(missing), BATCH):
            known |= _made(site, source, missing[start : start + BATCH], at)
    return {key: known[key] for key in wanted}


def _made(site: Site, source: str, people: Sequence[Pseudonym], at: datetime) -> dict[str, UUID]:
    patients = [
        Patient(
            name=f"#{person.outside_id}"[:60],
            sex=person.sex if person.sex in Sex.values else Sex.UNKNOWN,
            birth_date=person.birth_date,
            is_pseudonymous=True,
            source=source,
            outside_id=person.outside_id,
            registered_at=at,
        )
        for person in people
    ]
    Patient.objects.bulk_create(patients)
    Registration.objects.bulk_create(
        Registration(patient=patient, site=site, record_number=number, registered_at=at)
        for patient, number in zip(patients, next_pseudonym_numbers(site, len(patients)), strict=True)
    )
    return {patient.outside_id: patient.pk for patient in patients}
