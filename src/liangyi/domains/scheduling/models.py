"""Rota (the rule), appointments and reservations (the facts)."""

from __future__ import annotations

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liangyi.domains.catalogue.models import Service
from liangyi.domains.organisation.models import Room
from liangyi.domains.patients.models import Patient
from liangyi.domains.scheduling.enums import AppointmentStatus, CancelReason, Channel, ResourceKind
from liangyi.domains.staff.models import StaffMember
from liangyi.platform.access.models import Account, Site
from liangyi.platform.audit.models import Record


class RotaRule(Record):
    """Somebody works at a site every week on a weekday (1 is Monday) or on one day, in the site's time."""

    staff = models.ForeignKey(StaffMember, models.CASCADE, related_name="rota")
    site = models.ForeignKey(Site, models.CASCADE, related_name="rota")
    weekday = models.PositiveSmallIntegerField(_("星期"), null=True, blank=True)
    day = models.DateField(_("日期"), null=True, blank=True)
    starts = models.TimeField(_("上班"))
    ends = models.TimeField(_("下班"))
    valid_from = models.DateField(_("生效日期"))
    valid_to = models.DateField(_("失效日期"), null=True, blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__isnull=True, day__isnull=False)
                | Q(weekday__gte=1, weekday__lte=7, day__isnull=True),
                name="scheduling_rota_weekly_or_single_day",
            ),
            models.CheckConstraint(
                condition=Q(ends__gt=F("starts")), name="scheduling_rota_ends_after_start"
            ),
        ]
        indexes = [models.Index(fields=["site", "staff"], name="scheduling_rota_site_staff")]


class Leave(Record):
    """Somebody is away: nothing can be booked with them between these moments."""

    staff = models.ForeignKey(StaffMember, models.CASCADE, related_name="leave")
    starts_at = models.DateTimeField(_("开始"))
    ends_at = models.DateTimeField(_("结束"))
    reason = models.CharField(_("事由"), max_length=100)
    ended_early_at = models.DateTimeField(null=True, blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")), name="scheduling_leave_ends_after_start"
            )
        ]
        indexes = [models.Index(fields=["staff", "ends_at"], name="scheduling_leave_staff")]


class Appointment(Record):
    """A patient is to come, came, or did not.

    `source` is empty for our own; for imported history it names the import, `outside_id` its row, and
    service and practitioner may be unknown. `is_day_only`: the times are known to the day only.
    A booking made with a key can be repeated with that key and makes no second appointment.
    """

    site = models.ForeignKey(Site, models.PROTECT, related_name="appointments")
    patient = models.ForeignKey(Patient, models.PROTECT, related_name="appointments")
    service = models.ForeignKey(Service, models.PROTECT, null=True, blank=True, related_name="appointments")
    practitioner = models.ForeignKey(
        StaffMember, models.PROTECT, null=True, blank=True, related_name="appointments"
    )
    room = models.ForeignKey(Room, models.PROTECT, null=True, blank=True, related_name="appointments")
    starts_at = models.DateTimeField(_("开始"))
    ends_at = models.DateTimeField(_("结束"))
    status = models.CharField(
        _("状态"), max_length=12, choices=AppointmentStatus.choices, default=AppointmentStatus.BOOKED
    )
    channel = models.CharField(_("渠道"), max_length=10, choices=Channel.choices, default=Channel.DESK)
    is_walk_in = models.BooleanField(default=False)
    price_cents = models.BigIntegerField(null=True, blank=True)
    note = models.CharField(_("备注"), max_length=300, blank=True)
    booked_at = models.DateTimeField()
    booked_by = models.ForeignKey(Account, models.PROTECT, null=True, blank=True, related_name="+")
    request_key = models.CharField(max_length=100, blank=True)
    request_digest = models.CharField(max_length=64, blank=True)
    ticket = models.CharField(_("排队号"), max_length=10, blank=True)
    arrived_at = models.DateTimeField(null=True, blank=True)
    called_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    close_reason = models.CharField(_("原因"), max_length=20, choices=CancelReason.choices, blank=True)
    close_note = models.CharField(_("说明"), max_length=200, blank=True)
    moved_from = models.DateTimeField(null=True, blank=True)
    source = models.CharField(max_length=40, blank=True)
    outside_id = models.CharField(max_length=80, blank=True)
    outside = models.JSONField(null=True, blank=True)
    is_day_only = models.BooleanField(default=False)

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")) | Q(is_day_only=True),
                name="scheduling_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(source="")
                | Q(service__isnull=False, practitioner__isnull=False, room__isnull=False),
                name="scheduling_own_appointment_is_complete",
            ),
            models.UniqueConstraint(
                fields=["source", "outside_id"], condition=~Q(source=""), name="scheduling_outside_id_once"
            ),
            models.UniqueConstraint(
                fields=["booked_by", "request_key"],
                condition=~Q(request_key=""),
                name="scheduling_request_key_once",
            ),
        ]
        indexes = [
            models.Index(fields=["site", "starts_at", "id"], name="scheduling_site_start"),
            models.Index(fields=["practitioner", "starts_at"], name="scheduling_practitioner_start"),
            models.Index(fields=["patient", "-starts_at"], name="scheduling_patient_start"),
        ]


class Reservation(Record):
    """A lane of a resource is held for a time, buffers included. The database lets no two overlap:

    EXCLUDE (uuidrange(resource, resource, '[]') WITH &&, int4range(lane, lane, '[]') WITH &&, during WITH &&)
    """

    appointment = models.ForeignKey(Appointment, models.CASCADE, related_name="reservations")
    kind = models.CharField(max_length=12, choices=ResourceKind.choices)
    resource = models.UUIDField()
    lane = models.PositiveSmallIntegerField(default=0)
    during = DateTimeRangeField()
    starts_at = models.DateTimeField()

    class Meta(Record.Meta):
        indexes = [models.Index(fields=["resource", "starts_at"], name="scheduling_resource_start")]


class StatusChange(Record):
    """One step on the ladder: from, to, when, by whom. Waiting times come from these for free.

    `at` is when it happened. `recorded_at` is set where that was written down only afterwards (补录), with
    a reason.
    """

    appointment = models.ForeignKey(Appointment, models.CASCADE, related_name="changes")
    from_status = models.CharField(max_length=12, choices=AppointmentStatus.choices, blank=True)
    to_status = models.CharField(max_length=12, choices=AppointmentStatus.choices)
    at = models.DateTimeField()
    by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    room = models.ForeignKey(Room, models.PROTECT, null=True, related_name="+")
    reason = models.CharField(max_length=200, blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(recorded_at=None) | ~Q(reason=""), name="scheduling_late_record_has_reason"
            )
        ]
        indexes = [
            models.Index(
                fields=["recorded_at"],
                condition=Q(recorded_at__isnull=False),
                name="scheduling_late_records",
            ),
            models.Index(fields=["at"], name="scheduling_changed_at"),
        ]


class DayClosing(Record):
    """A site's day was closed: whoever had not come by then is a no-show."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="+")
    day = models.DateField()
    closed_at = models.DateTimeField()
    closed_by = models.ForeignKey(Account, models.PROTECT, null=True, related_name="+")
    no_shows = models.PositiveIntegerField()

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint(fields=["site", "day"], name="scheduling_day_closed_once")]
