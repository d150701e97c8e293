"""Leaf facts of patients."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Sex(models.TextChoices):
    """GB/T 2261.1."""

    UNKNOWN = "0", _("未知")
    MALE = "1", _("男")
    FEMALE = "2", _("女")
    UNSTATED = "9", _("未说明")


class PaperKind(models.TextChoices):
    """Papers that prove who somebody is."""

    RESIDENT_ID = "resident_id", _("居民身份证")
    PASSPORT = "passport", _("护照")
    HK_MO_PERMIT = "hk_mo_permit", _("港澳居民来往内地通行证")
    TW_PERMIT = "tw_permit", _("台湾居民来往大陆通行证")
    FOREIGN_RESIDENT = "foreign_resident", _("外国人永久居留身份证")
    BIRTH_CERTIFICATE = "birth_certificate", _("出生医学证明")
    OTHER = "other", _("其他证件")


class ConsentKind(models.TextChoices):
    """Consents to the use of data, each given or withheld by itself (PIPL)."""

    PRIVACY = "privacy", _("隐私告知与个人信息处理")
    SENSITIVE = "sensitive", _("敏感个人信息处理")
    MESSAGES = "messages", _("接收提醒消息")
    MARKETING = "marketing", _("营销信息")
    PHOTOS = "photos", _("医学影像留存")


class Severity(models.TextChoices):
    """How bad a known reaction was."""

    MILD = "mild", _("轻度")
    MODERATE = "moderate", _("中度")
    SEVERE = "severe", _("重度")
