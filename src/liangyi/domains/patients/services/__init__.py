"""Every write of patients."""

from __future__ import annotations

from liangyi.domains.patients.services.checking import claimed_facts
from liangyi.domains.patients.services.consents import (
    give_consent,
    publish_consent_text,
    sync_consent_texts,
    withdraw_consent,
)
from liangyi.domains.patients.services.details import (
    PatientChanges,
    add_alert,
    add_allergy,
    add_guardian,
    change_patient,
    end_alert,
    end_allergy,
    end_guardian,
)
from liangyi.domains.patients.services.merging import merge_patients, unmerge_patients
from liangyi.domains.patients.services.papers import add_paper, remove_paper
from liangyi.domains.patients.services.pseudonyms import register_pseudonyms
from liangyi.domains.patients.services.reading import log_chart_read, reveal_identity, reveal_phone
from liangyi.domains.patients.services.registering import register_at_site, register_patient

__all__ = [
    "PatientChanges",
    "add_alert",
    "add_allergy",
    "add_guardian",
    "add_paper",
    "change_patient",
    "claimed_facts",
    "end_alert",
    "end_allergy",
    "end_guardian",
    "give_consent",
    "log_chart_read",
    "merge_patients",
    "publish_consent_text",
    "register_at_site",
    "register_patient",
    "register_pseudonyms",
    "remove_paper",
    "reveal_identity",
    "reveal_phone",
    "sync_consent_texts",
    "unmerge_patients",
    "withdraw_consent",
]
