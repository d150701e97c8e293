"""Leaf facts of the organisation."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class InstitutionCategory(models.TextChoices):
    """Categories of licence; what level each allows stands in data/levels.toml with its source."""

    AESTHETIC_CLINIC = "aesthetic_clinic", _("医疗美容诊所")
    AESTHETIC_OUTPATIENT = "aesthetic_outpatient", _("医疗美容门诊部")
    AESTHETIC_HOSPITAL = "aesthetic_hospital", _("美容医院")
    DENTAL_CLINIC = "dental_clinic", _("口腔诊所")
    DENTAL_OUTPATIENT = "dental_outpatient", _("口腔门诊部")
    GENERAL_HOSPITAL_1 = "general_hospital_1", _("一级综合医院")
    GENERAL_HOSPITAL_2 = "general_hospital_2", _("二级综合医院")
    GENERAL_HOSPITAL_3 = "general_hospital_3", _("三级综合医院")
    PLASTIC_HOSPITAL = "plastic_hospital", _("三级整形外科医院")


class RoomKind(models.TextChoices):
    """What a room is for."""

    CONSULTING = "consulting", _("诊室")
    TREATMENT = "treatment", _("治疗室")
    THEATRE = "theatre", _("手术室")
    DENTAL = "dental", _("口腔诊室")
    LASER = "laser", _("激光室")
    IMAGING = "imaging", _("影像室")
    RECOVERY = "recovery", _("恢复室")
    WAITING = "waiting", _("候诊区")
    PHARMACY = "pharmacy", _("药房")
    LABORATORY = "laboratory", _("检验室")
    STERILISATION = "sterilisation", _("消毒供应室")
