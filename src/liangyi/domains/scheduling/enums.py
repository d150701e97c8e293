"""Leaf facts of scheduling."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class AppointmentStatus(models.TextChoices):
    """The ladder of an appointment. In FHIR called and in progress are arrived, finished is fulfilled."""

    BOOKED = "booked", _("已预约")
    ARRIVED = "arrived", _("已到诊")
    CALLED = "called", _("已叫号")
    IN_PROGRESS = "in_progress", _("就诊中")
    FINISHED = "finished", _("已完成")
    CANCELLED = "cancelled", _("已取消")
    NO_SHOW = "no_show", _("爽约")


class Channel(models.TextChoices):
    """How an appointment came about."""

    PHONE = "phone", _("电话")
    DESK = "desk", _("现场")
    WEB = "web", _("网络")
    WECHAT = "wechat", _("微信")
    REFERRAL = "referral", _("转介")
    OTHER = "other", _("其他")


class CancelReason(models.TextChoices):
    """Why an appointment was cancelled or moved. MOVED is for imported rows that another row replaced."""

    PATIENT = "patient", _("患者原因")
    ILLNESS = "illness", _("患者生病")
    CONFLICT = "conflict", _("时间冲突")
    COST = "cost", _("费用原因")
    CLINIC = "clinic", _("院方原因")
    STAFF_LEAVE = "staff_leave", _("医生停诊")
    DUPLICATE = "duplicate", _("重复预约")
    MOVED = "moved", _("已改期")
    OTHER = "other", _("其他")


class ResourceKind(models.TextChoices):
    """What a reservation holds. A patient is held by the surviving record, for the treatment itself."""

    PRACTITIONER = "practitioner", _("医生")
    ROOM = "room", _("房间")
    EQUIPMENT = "equipment", _("设备")
    PATIENT = "patient", _("患者")
