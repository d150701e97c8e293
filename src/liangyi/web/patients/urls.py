"""Addresses of patients."""

from __future__ import annotations

from django.urls import path

from liangyi.web.patients.views import chart, consents, details, emergency, finding, merging, registering

app_name = "patients"
_ONE = "patients/<uuid:patient_id>/"
urlpatterns = [
    path("patients/", finding.patient_list, name="list"),
    path("patients/search/", finding.search, name="search"),
    path("patients/register/", registering.register, name="register"),
    path("patients/register/facts/", registering.facts, name="register_facts"),
    path("patients/emergency/", emergency.find, name="emergency"),
    path("patients/consent-texts/", consents.texts, name="consent_texts"),
    path("patients/consent-texts/<uuid:text_id>/", consents.text, name="consent_text"),
    path("patients/consent-texts/publish/<slug:kind>/", consents.publish, name="publish_consent"),
    path(_ONE, chart.patient, name="patient"),
    path(_ONE + "details/", chart.details, name="details"),
    path(_ONE + "consents/", chart.consents, name="consents"),
    path(_ONE + "history/", chart.history, name="history"),
    path(_ONE + "phone/", chart.phone, name="phone"),
    path(_ONE + "edit/", details.edit, name="edit"),
    path(_ONE + "allergies/add/", details.add_allergy, name="add_allergy"),
    path(_ONE + "allergies/<uuid:part_id>/end/", details.end_allergy, name="end_allergy"),
    path(_ONE + "alerts/add/", details.add_alert, name="add_alert"),
    path(_ONE + "alerts/<uuid:part_id>/end/", details.end_alert, name="end_alert"),
    path(_ONE + "guardians/add/", details.add_guardian, name="add_guardian"),
    path(_ONE + "guardians/<uuid:part_id>/end/", details.end_guardian, name="end_guardian"),
    path(_ONE + "guardians/<uuid:guardian_id>/phone/", chart.phone, name="guardian_phone"),
    path(_ONE + "papers/add/", details.add_paper, name="add_paper"),
    path(_ONE + "papers/<uuid:paper_id>/number/", chart.identity, name="identity"),
    path(_ONE + "papers/<uuid:paper_id>/remove/", details.remove_paper, name="remove_paper"),
    path(_ONE + "consents/<uuid:text_id>/give/", consents.give, name="give_consent"),
    path(_ONE + "consents/<uuid:consent_id>/withdraw/", consents.withdraw, name="withdraw_consent"),
    path(_ONE + "merge/", merging.merge, name="merge"),
    path(_ONE + "unmerge/", merging.unmerge, name="unmerge"),
    path(_ONE + "emergency/", emergency.open_record, name="break_glass"),
]
