"""Equipment by the piece, and its calibration."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liangyi.domains.catalogue.models import DeviceModel
from liangyi.domains.organisation.models import Room
from liangyi.domains.staff.models import StaffMember
from liangyi.platform.access.models import Account, Site
from liangyi.platform.audit.models import Record


class Equipment(Record):
    """One device: a model, a serial number, a place, a named owner, and when it must be calibrated next."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="equipment")
    model = models.ForeignKey(DeviceModel, models.PROTECT, related_name="pieces", verbose_name=_("型号"))
    name = models.CharField(_("名称"), max_length=60)
    serial = models.CharField(_("序列号"), max_length=60)
    room = models.ForeignKey(
        Room, models.PROTECT, null=True, blank=True, related_name="equipment", verbose_name=_("固定房间")
    )
    keeper = models.ForeignKey(
        StaffMember, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("责任人")
    )
    calibration_due = models.DateField(_("下次校准"), null=True, blank=True)
    is_active = models.BooleanField(_("在用"), default=True)

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint(fields=["model", "serial"], name="facilities_serial_once")]

    def __str__(self) -> str:
        return self.name


class Calibration(Record):
    """A calibration or metrology check that was done, with its certificate and the next due day."""

    equipment = models.ForeignKey(Equipment, models.CASCADE, related_name="calibrations")
    done_on = models.DateField(_("校准日期"))
    due_on = models.DateField(_("下次到期"))
    certificate = models.CharField(_("证书编号"), max_length=60)
    recorded_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(condition=Q(due_on__gt=F("done_on")), name="facilities_due_after_done")
        ]
