"""Reads of patients, built on what the actor may see."""

from __future__ import annotations

from liangyi.domains.patients.queries.ages import guardian_age
from liangyi.domains.patients.queries.booking import PatientFacts, facts_for_booking
from liangyi.domains.patients.queries.charts import (
    PatientChart,
    PatientHeader,
    patient_chart,
    patient_for,
    patient_header,
)
from liangyi.domains.patients.queries.consents import consent_texts, consent_texts_in_force, standing_kinds
from liangyi.domains.patients.queries.duplicates import candidates_for
from liangyi.domains.patients.queries.lists import ListFilter, patients_for_list
from liangyi.domains.patients.queries.people import Person, person_for, visible_person
from liangyi.domains.patients.queries.search import PatientHit, patients_for_search

__all__ = [
    "ListFilter",
    "PatientChart",
    "PatientFacts",
    "PatientHeader",
    "PatientHit",
    "Person",
    "candidates_for",
    "consent_texts",
    "consent_texts_in_force",
    "facts_for_booking",
    "guardian_age",
    "patient_chart",
    "patient_for",
    "patient_header",
    "patients_for_list",
    "patients_for_search",
    "person_for",
    "standing_kinds",
    "visible_person",
]
