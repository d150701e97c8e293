"""Nothing the clinic must run is without a control: the map of its systems, line by line."""

from __future__ import annotations

import pytest

from liangyi.platform.controls.catalogue import controls

LINES = {
    # institution licence and public disclosure
    "1.1": "organisation.licence_register organisation.licence_expiring scheduling.subject_licensed",
    "1.2": "organisation.rooms organisation.wayfinding",
    "1.3": "outreach.public_page outreach.public_current",
    "1.4": "catalogue.new_technique",
    # people: credentials, files, performance
    "2.1": "staff.credential_file staff.credential_expiring staff.hire_check"
    " scheduling.practitioner_licensed",
    "2.2": "staff.staff_file staff.training_attendance performance.rewards",
    "2.3": "organisation.post_duties staff.posts_held organisation.committees",
    "2.4": "performance.appraisal performance.score_items performance.pay_link performance.accountability",
    # training
    "3.1": "staff.training_plan staff.training_attendance staff.training_exam staff.trained_before_duty",
    "3.2": "staff.retraining staff.training_effect staff.training_plan",
    "3.3": "staff.continuing_education staff.security_training staff.service_training",
    # documents and standards
    "4.1": "catalogue.sop_register catalogue.sop_review catalogue.sop_known governance.policy_review",
    "4.2": "governance.regulation_watch quality.accreditation",
    # appointments
    "5.1": "scheduling.appointment_record scheduling.no_double_booking scheduling.online_booking",
    "5.2": "scheduling.recommendation scheduling.rota",
    "5.3": "scheduling.confirmation scheduling.refusal_reasons scheduling.rebooking",
    "5.4": "scheduling.exam_appointments scheduling.capacity_review",
    # reception and queue
    "6.1": "patients.registration scheduling.status_times scheduling.reception",
    "6.2": "scheduling.queue_ticket scheduling.waiting_time facilities.convenience",
    # consultation and knowledge
    "7.1": "consultation.enquiry consultation.needs_assessment consultation.preliminary_advice billing.quote",
    "7.2": "consultation.knowledge_base consultation.knowledge_review consultation.consultant_qualified",
    "7.3": "consultation.joint_consult consultation.joint_consult_feedback",
    "7.4": "consultation.online_reply consultation.enquiry_follow_up",
    # records and their quality
    "8.1": "records.visit_note records.prescription records.orders_results records.nursing_note",
    "8.2": "records.amendment records.signed",
    "8.3": "records.chart_quality records.chart_defects records.chart_correction records.grade_a_rate",
    "8.4": "records.archive records.retention records.retrieval",
    # before an operation
    "9.1": "procedures.assessment procedures.contraindications procedures.preop_tests",
    "9.2": "procedures.preop_instructions procedures.fasting",
    "9.3": "procedures.consent_signed procedures.consent_content procedures.consent_understanding",
    "9.4": "procedures.free_choice",
    # operations and treatments
    "10.1": "procedures.theatre_schedule",
    "10.2": "procedures.safety_check procedures.sop_followed procedures.operation_note procedures.aseptic",
    "10.3": "procedures.recovery facilities.first_aid",
    "10.4": "followup.complications",
    # after the treatment
    "11.1": "followup.instructions followup.rehabilitation",
    "11.2": "followup.recall_plan followup.contact followup.completion",
    "11.3": "followup.outcome followup.adjustment",
    # satisfaction, complaints, disputes
    "12.1": "feedback.survey feedback.satisfaction feedback.survey_actions",
    "12.2": "feedback.complaint_intake feedback.complaint_deadline feedback.complaint_follow_up",
    "12.3": "feedback.dispute_prevention feedback.dispute_handling",
    "12.4": "feedback.communication_meeting feedback.communication_effect",
    # education
    "13": "outreach.education_plan outreach.education_given outreach.education_effect",
    # advertising
    "14.1": "outreach.advert_words outreach.advert_fields",
    "14.2": "outreach.advert_approval outreach.advert_certificate outreach.media_allowed",
    "14.3": "outreach.campaign_plan outreach.campaign_leads",
    # drugs, devices, stock
    "15.1": "supply.supplier_qualified supply.invoices supply.purchase_plan supply.purchase_approval",
    "15.2": "supply.receiving_check supply.storage_conditions supply.issue supply.stock_count",
    "15.3": "pharmacy.dispensing_check pharmacy.prescription_review supply.disposal",
    "15.4": "facilities.lifecycle facilities.commissioning facilities.operator_trained",
    # equipment and surroundings
    "16": "facilities.equipment_register facilities.calibration_log facilities.device_keeper"
    " facilities.cleaning",
    # waste
    "17": "facilities.waste_sorting facilities.waste_storage facilities.waste_handover",
    # money
    "18.1": "billing.published_price billing.receipt catalogue.price_versions",
    "18.2": "billing.refund_approval billing.refund_reasons",
    "18.3": "finance.cost_records finance.department_cost",
    "18.4": "finance.budget finance.audit finance.earmarked_fund billing.self_service billing.insurance",
    # quality
    "19.1": "quality.goals quality.indicators quality.signals quality.service_scores",
    "19.2": "quality.inspection quality.video_check quality.rectification quality.recurring",
    "19.3": "quality.incident_report quality.incident_analysis",
    "19.4": "quality.improvement_project quality.staff_suggestions quality.improvement_plan",
    "19.5": "quality.risk_register quality.risk_review",
    "19.6": "quality.annual_evaluation quality.third_party quality.independent_supervision",
    "19.7": "quality.committee_meetings quality.resolutions quality.coordination",
    # emergencies
    "20": "quality.emergency_plans quality.emergency_activation quality.drills quality.drill_review",
    # the patient's side
    "21": "scheduling.online_booking records.patient_access consultation.remote_consult"
    " consultation.guided_triage",
    # information security
    "22": "access.roles patients.identity_sealed jobs.backup access.vulnerability_scan"
    " access.security_incident",
    # data and decisions
    "23": "quality.regular_reports quality.trend_decisions scheduling.capacity_review",
    # the living policy, open doors, packages, charts, planning, many sites, moving in
    "S24": "governance.policy_versions governance.policy_approval governance.reading_receipts"
    " governance.evidence_pack",
    "S25": "access.api_tokens imports.exchange",
    "S26": "billing.prepaid_ledger billing.prepaid_refund",
    "S27": "records.dental_chart records.injection_map records.laser_parameters records.photographs",
    "S28": "scheduling.rota_proposal",
    "S29": "access.sites",
    "S30": "imports.file_import",
    "also": "scheduling.visit_routing scheduling.waitlist billing.deposit records.dental_lab"
    " patients.phone_reveal"
    " records.treatment_plan scheduling.referral patients.access_log",
}


@pytest.mark.parametrize("line", LINES)
def test_line_has_its_controls(line: str) -> None:
    codes = LINES[line].split()
    assert codes
    assert [code for code in codes if code not in controls()] == []
