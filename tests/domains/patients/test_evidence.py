"""A consent is evidence at every site where the patient is registered, once at each."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from liangyi.domains.patients.models import Consent, ConsentText, Patient, Registration
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.clock import local_day
from liangyi.platform.controls.evidence import queries as evidence
from liangyi.platform.controls.evidence.records import items

CODE = "patients.consents"


@pytest.fixture
def third_site(setup_actor: Actor, db: None) -> Site:
    with recorded(setup_actor):
        return Site.objects.create(name="良医皮肤诊所")


def _consent(at: datetime, *sites: Site) -> Patient:
    patient = Patient.objects.create(name="赵一", registered_at=at)
    text = ConsentText.objects.create(
        kind="privacy", version=99, title="x", body="x", effective_from=date(2026, 1, 1)
    )
    for site in sites:
        Registration.objects.create(patient=patient, site=site, record_number="1", registered_at=at)
    Consent.objects.create(patient=patient, text=text, given_at=at)
    return patient


def test_consent_counts_once_at_each_site_of_its_patient(
    site: Site, other_site: Site, third_site: Site, setup_actor: Actor, at: datetime
) -> None:
    with recorded(setup_actor):
        patient = _consent(at, site, other_site)
    day = local_day(at, site.time_zone)
    sites = [site.id, other_site.id, third_site.id]
    found = evidence.tallies_by_site([CODE], sites, day, day, at=at + timedelta(hours=1))
    assert [found[each][CODE].proofs for each in sites] == [1, 1, 0]
    listed = {each: items(setup_actor, CODE, each, day, day, at=at) for each in sites}
    assert [[item.subject_id for item in listed[each]] for each in sites] == [[patient.id], [patient.id], []]
