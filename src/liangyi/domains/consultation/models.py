"""Enquiries: somebody asked, and it led to an appointment or it did not."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liangyi.domains.catalogue.models import Service
from liangyi.domains.consultation.enums import EnquiryStatus
from liangyi.domains.patients.models import Patient
from liangyi.domains.scheduling.enums import Channel
from liangyi.domains.scheduling.models import Appointment
from liangyi.platform.access.models import Account, Site
from liangyi.platform.audit.models import Record


class Enquiry(Record):
    """A question from somebody who may become a patient. It points to the appointment, never back."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    name = models.CharField(_("称呼"), max_length=60)
    phone = models.CharField(_("电话"), max_length=20, blank=True)
    channel = models.CharField(_("渠道"), max_length=10, choices=Channel.choices)
    service = models.ForeignKey(
        Service, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("意向项目")
    )
    note = models.CharField(_("需求"), max_length=500, blank=True)
    patient = models.ForeignKey(Patient, models.PROTECT, null=True, blank=True, related_name="+")
    appointment = models.OneToOneField(
        Appointment, models.PROTECT, null=True, blank=True, related_name="enquiry"
    )
    status = models.CharField(
        _("状态"), max_length=10, choices=EnquiryStatus.choices, default=EnquiryStatus.OPEN
    )
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    close_reason = models.CharField(_("关闭原因"), max_length=200, blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=~Q(status=EnquiryStatus.BOOKED) | Q(appointment__isnull=False),
                name="consultation_booked_points_to_appointment",
            )
        ]
        indexes = [models.Index(fields=["site", "status", "-opened_at"], name="consultation_enquiry_open")]
