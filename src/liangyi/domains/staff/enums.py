"""Leaf facts of staff."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class CredentialKind(models.TextChoices):
    """Certificates a person holds (facts §2)."""

    DOCTOR_LICENCE = "doctor_licence", _("医师执业证书")
    DOCTOR_QUALIFICATION = "doctor_qualification", _("医师资格证书")
    NURSE_LICENCE = "nurse_licence", _("护士执业证书")
    LEAD_PHYSICIAN = "lead_physician", _("医疗美容主诊医师备案")
    PHARMACIST = "pharmacist", _("药师资格证书")
    LASER_OPERATOR = "laser_operator", _("激光操作培训证")
    LIFE_SUPPORT = "life_support", _("急救培训证")


class Profession(models.TextChoices):
    """What somebody works as."""

    DOCTOR = "doctor", _("医师")
    DENTIST = "dentist", _("口腔医师")
    NURSE = "nurse", _("护士")
    ANAESTHETIST = "anaesthetist", _("麻醉医师")
    PHARMACIST = "pharmacist", _("药师")
    CONSULTANT = "consultant", _("咨询师")
    OTHER = "other", _("其他")
