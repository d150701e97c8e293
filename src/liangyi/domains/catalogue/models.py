"""What the clinic offers: subjects, services with level and duration, prices by version, device models."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liangyi.domains.organisation.enums import RoomKind
from liangyi.platform.access.models import Account, Site
from liangyi.platform.audit.models import Record


class Subject(Record):
    """A 诊疗科目 as licences name it."""

    code = models.CharField(_("代码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=60)
    name_en = models.CharField(_("英文名称"), max_length=80, blank=True)
    source = models.CharField(max_length=200, blank=True)

    def __str__(self) -> str:
        return self.name


class DeviceModel(Record):
    """A make of equipment, of which a site may have several pieces."""

    name = models.CharField(_("型号"), max_length=100, unique=True)
    manufacturer = models.CharField(_("厂家"), max_length=100, blank=True)
    calibration_months = models.PositiveSmallIntegerField(_("校准周期（月）"), null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Service(Record):
    """Something a patient can be booked for. Level 0 means the subject is not levelled."""

    code = models.SlugField(_("代码"), max_length=40, unique=True)
    name = models.CharField(_("名称"), max_length=100)
    name_en = models.CharField(_("英文名称"), max_length=100, blank=True)
    subject = models.ForeignKey(Subject, models.PROTECT, related_name="services")
    level = models.PositiveSmallIntegerField(_("手术级别"), default=0)
    duration_minutes = models.PositiveSmallIntegerField(_("时长（分钟）"))
    prepare_minutes = models.PositiveSmallIntegerField(_("准备（分钟）"), default=0)
    clean_minutes = models.PositiveSmallIntegerField(_("清洁（分钟）"), default=0)
    room_kind = models.CharField(_("房间用途"), max_length=20, choices=RoomKind.choices)
    device_model = models.ForeignKey(
        DeviceModel,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="services",
        verbose_name=_("设备型号"),
    )
    needs_privilege = models.BooleanField(_("须有手术授权"), default=False)
    notes = models.CharField(_("预约须知"), max_length=200, blank=True)
    is_active = models.BooleanField(_("启用"), default=True)

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(level__lte=4), name="catalogue_service_level_0_to_4"),
            models.CheckConstraint(
                condition=Q(duration_minutes__gte=5, duration_minutes__lte=720),
                name="catalogue_service_duration_5_to_720",
            ),
            models.CheckConstraint(
                condition=Q(prepare_minutes__lte=240, clean_minutes__lte=240),
                name="catalogue_service_buffers_at_most_240",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ServiceSite(Record):
    """A service is offered at a site."""

    service = models.ForeignKey(Service, models.CASCADE, related_name="offers")
    site = models.ForeignKey(Site, models.CASCADE, related_name="offers")

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint(fields=["service", "site"], name="catalogue_offer_once")]


class PriceVersion(Record):
    """The price of a service from a day on, at one site or (site empty) at all.

    The newest started one holds; a site's own goes before the group's.
    """

    service = models.ForeignKey(Service, models.CASCADE, related_name="prices")
    site = models.ForeignKey(Site, models.CASCADE, null=True, blank=True, related_name="+")
    cents = models.BigIntegerField(_("价格（分）"))
    effective_from = models.DateField(_("生效日期"))
    set_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["service", "site", "effective_from"],
                nulls_distinct=False,
                name="catalogue_price_once_a_day",
            ),
            models.CheckConstraint(condition=Q(cents__gte=0), name="catalogue_price_not_negative"),
        ]
