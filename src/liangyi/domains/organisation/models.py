"""The group, its sites as the health authority knows them, departments, rooms, posts and closing days."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from liangyi.domains.organisation.enums import InstitutionCategory, RoomKind
from liangyi.platform.access.models import Site, Unit
from liangyi.platform.audit.models import Record


class Institution(Record):
    """The group that owns the sites. There is one."""

    name = models.CharField(_("机构名称"), max_length=100)
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    only = models.BooleanField(default=True, unique=True, editable=False)

    class Meta(Record.Meta):
        constraints = [models.CheckConstraint(condition=Q(only=True), name="organisation_one_institution")]


class SiteProfile(Record):
    """What a clinic adds to a bare site: its address, its telephone, its short code for record numbers."""

    site = models.OneToOneField(Site, models.CASCADE, related_name="profile")
    code = models.CharField(_("院区代码"), max_length=6, unique=True)
    address = models.CharField(_("地址"), max_length=200, blank=True)
    phone = models.CharField(_("电话"), max_length=20, blank=True)


class Licence(Record):
    """A 医疗机构执业许可证 of a site: category, highest level, permitted subjects (诊疗科目), validity."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="licences")
    number = models.CharField(_("登记号"), max_length=40)
    category = models.CharField(_("机构类别"), max_length=40, choices=InstitutionCategory.choices)
    max_level = models.PositiveSmallIntegerField(_("最高手术级别"), default=0)
    subjects = ArrayField(models.CharField(max_length=40), verbose_name=_("诊疗科目"), default=list)
    valid_from = models.DateField(_("有效期起"))
    valid_to = models.DateField(_("有效期止"))

    class Meta(Record.Meta):
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__gte=F("valid_from")), name="organisation_licence_ends_after_start"
            ),
            models.CheckConstraint(condition=Q(max_level__lte=4), name="organisation_licence_level_0_to_4"),
        ]
        indexes = [models.Index(fields=["site", "valid_to"], name="organisation_licence_site")]


class Department(Record):
    """A department (科室): the unit of the tenancy tree and its code."""

    unit = models.OneToOneField(Unit, models.CASCADE, related_name="department")
    code = models.CharField(_("科室代码"), max_length=20)


class Room(Record):
    """A room that can be reserved. `lanes` is how many people it serves at once (chairs, beds)."""

    site = models.ForeignKey(Site, models.PROTECT, related_name="rooms")
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, related_name="rooms")
    name = models.CharField(_("名称"), max_length=60)
    kind = models.CharField(_("用途"), max_length=20, choices=RoomKind.choices)
    lanes = models.PositiveSmallIntegerField(_("同时接待数"), default=1)
    is_active = models.BooleanField(_("启用"), default=True)

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(fields=["site", "name"], name="organisation_room_name_once_a_site"),
            models.CheckConstraint(condition=Q(lanes__gte=1, lanes__lte=50), name="organisation_room_lanes"),
        ]

    def __str__(self) -> str:
        return self.name


class Post(Record):
    """A post as defined (岗位): its duties, and the role its holder needs in the program."""

    code = models.SlugField(_("代码"), max_length=40, unique=True)
    name = models.CharField(_("岗位名称"), max_length=60)
    duties = models.TextField(_("岗位职责"), blank=True)
    role = models.CharField(_("角色"), max_length=40, blank=True)


class OpeningHours(Record):
    """When a site is open on a weekday (1 is Monday), in the site's own time."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="opening_hours")
    weekday = models.PositiveSmallIntegerField(_("星期"))
    opens = models.TimeField(_("开门"))
    closes = models.TimeField(_("关门"))

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(fields=["site", "weekday"], name="organisation_hours_once_a_weekday"),
            models.CheckConstraint(
                condition=Q(weekday__gte=1, weekday__lte=7), name="organisation_hours_weekday_1_to_7"
            ),
            models.CheckConstraint(
                condition=Q(closes__gt=F("opens")), name="organisation_hours_close_after_open"
            ),
        ]


class ClosingDay(Record):
    """A day on which a site receives nobody."""

    site = models.ForeignKey(Site, models.CASCADE, related_name="closing_days")
    day = models.DateField(_("日期"))
    reason = models.CharField(_("原因"), max_length=100)

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint(fields=["site", "day"], name="organisation_closing_day_once")]
