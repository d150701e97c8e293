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


class Reason(models.TextChoices):
    """Why somebody may not do something here on a day."""

    LEFT = "left", _("已离职")
    MISSING = "missing", _("没有")
    NOT_YET_VALID = "not_yet_valid", _("尚未生效")
    EXPIRED = "expired", _("已过期")
    REVOKED = "revoked", _("已注销")
    REGISTERED_ELSEWHERE = "registered_elsewhere", _("未注册在本院区")
    OUT_OF_SCOPE = "out_of_scope", _("超出执业范围")
    PRIVILEGE_MISSING = "privilege_missing", _("没有手术授权")
    PRIVILEGE_EXPIRED = "privilege_expired", _("手术授权已过期")
    PRIVILEGE_SUSPENDED = "privilege_suspended", _("手术授权已暂停")
