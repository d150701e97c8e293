"""Forms of the organisation's set-up screens."""

from __future__ import annotations

from datetime import time
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liangyi.domains.organisation.enums import InstitutionCategory, RoomKind
from liangyi.domains.organisation.models import Department, Licence, Post, Room
from liangyi.platform.access.models import Site
from liangyi.platform.clock import HOME_ZONE
from liangyi.web.organisation.fields import (
    EMPTY,
    HourField,
    RowField,
    choice_field,
    day_field,
    role_choices,
    subjects_field,
    text_field,
)

LEVELS = [("0", _("不分级")), ("1", _("一级")), ("2", _("二级")), ("3", _("三级")), ("4", _("四级"))]
ZONES = [
    (HOME_ZONE, _("北京时间")),
    ("Asia/Urumqi", _("乌鲁木齐时间")),
    ("Asia/Hong_Kong", _("香港时间")),
    ("Asia/Macau", _("澳门时间")),
    ("Asia/Taipei", _("台北时间")),
]
WEEKDAYS = {
    1: _("周一"),
    2: _("周二"),
    3: _("周三"),
    4: _("周四"),
    5: _("周五"),
    6: _("周六"),
    7: _("周日"),
}


class InstitutionForm(forms.Form):
    """The group."""

    name = text_field(_("机构名称"), 100)
    credit_code = text_field(
        _("统一社会信用代码"), 18, required=False, help_text=_("营业执照上的 18 位代码，末位校验")
    )


class SiteForm(forms.Form):
    """A site and its profile."""

    name = text_field(_("院区名称"), 100)
    name_en = text_field(_("英文名称"), 100, required=False)
    code = text_field(_("院区代码"), 6, help_text=_("1 到 6 个大写字母或数字，用在病历号开头，例如 LY"))
    address = text_field(_("地址"), 200, required=False)
    phone = text_field(_("电话"), 20, required=False, attrs={"inputmode": "tel"})
    time_zone = choice_field(_("时区"), ZONES, empty=False)

    @staticmethod
    def initial_of(site: Site) -> dict[str, Any]:
        profile = getattr(site, "profile", None)
        return {
            "name": site.name,
            "name_en": site.name_en,
            "time_zone": site.time_zone,
            "code": profile.code if profile else "",
            "address": profile.address if profile else "",
            "phone": profile.phone if profile else "",
        }


class LicenceForm(forms.Form):
    """A 医疗机构执业许可证."""

    number = text_field(_("登记号"), 40)
    category = choice_field(_("机构类别"), InstitutionCategory.choices)
    subjects = subjects_field(_("诊疗科目"), help_text=_("照许可证副本勾选；没有登记的科目不能预约"))
    max_level = forms.TypedChoiceField(
        label=_("最高手术级别"),
        choices=LEVELS,
        coerce=int,
        help_text=_("不得高于机构类别允许的级别；口腔、皮肤等不分级的选“不分级”"),
    )
    valid_from = day_field(_("有效期起"))
    valid_to = day_field(_("有效期止"))

    @staticmethod
    def initial_of(licence: Licence) -> dict[str, Any]:
        return {
            name: getattr(licence, name)
            for name in ("number", "category", "subjects", "max_level", "valid_from", "valid_to")
        }


class RenewalForm(forms.Form):
    """The next licence of a site."""

    number = text_field(_("新登记号"), 40, required=False, help_text=_("没有变就留空"))
    valid_from = day_field(_("有效期起"), required=False, help_text=_("留空则接着上一张"))
    valid_to = day_field(_("有效期止"))


class DepartmentForm(forms.Form):
    """A department."""

    name = text_field(_("科室名称"), 100)
    code = text_field(_("科室代码"), 20)

    @staticmethod
    def initial_of(department: Department) -> dict[str, Any]:
        return {"name": department.unit.name, "code": department.code}


class DepartmentChangeForm(DepartmentForm):
    """A department that exists."""

    is_active = forms.BooleanField(label=_("在用"), required=False)


class RoomForm(forms.Form):
    """A room that can be reserved."""

    name = text_field(_("房间名称"), 60)
    kind = choice_field(_("用途"), RoomKind.choices, help_text=_("项目按用途找房间"))
    lanes = forms.IntegerField(
        label=_("同时接待"), initial=1, min_value=1, max_value=50, help_text=_("几张牙椅或几张床就填几")
    )
    department = RowField(label=_("所属科室"), required=False)

    @staticmethod
    def initial_of(room: Room) -> dict[str, Any]:
        return {"name": room.name, "kind": room.kind, "lanes": room.lanes, "department": room.department_id}


class PostForm(forms.Form):
    """A post as defined."""

    name = text_field(_("岗位名称"), 60)
    code = text_field(_("代码"), 40, help_text=_("小写字母、数字和 -，例如 head-nurse"))
    role = forms.ChoiceField(
        label=_("系统角色"), required=False, help_text=_("任此岗位的人在系统里需要的角色")
    )
    duties = forms.CharField(label=_("岗位职责"), required=False, widget=forms.Textarea(attrs={"rows": 6}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [EMPTY, *role_choices()]  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(post: Post) -> dict[str, Any]:
        return {name: getattr(post, name) for name in ("name", "code", "role", "duties")}


class HoursForm(forms.Form):
    """A site's week: an empty day is closed. A site without hours is offered the usual ones."""

    USUAL = (time(9), time(18))
    use_required_attribute = False

    def __init__(self, *args: Any, hours: dict[int, tuple[time, time]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for weekday in WEEKDAYS:
            opens, closes = hours.get(weekday, (None, None) if hours else self.USUAL)
            self.fields[f"opens_{weekday}"] = HourField(_("开门"))
            self.fields[f"closes_{weekday}"] = HourField(_("关门"))
            self.initial.update({f"opens_{weekday}": opens, f"closes_{weekday}": closes})

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        for weekday in WEEKDAYS:
            opens, closes = data.get(f"opens_{weekday}"), data.get(f"closes_{weekday}")
            if (opens is None) != (closes is None) and not self.errors:
                self.add_error(f"closes_{weekday}", _("开门和关门都要填，或都留空"))
            elif opens and closes and closes <= opens:
                self.add_error(f"closes_{weekday}", _("关门时间须晚于开门时间"))
        return data

    @property
    def week(self) -> dict[int, tuple[time, time]]:
        """The days that are open, after validation."""
        data = self.cleaned_data
        return {
            weekday: (data[f"opens_{weekday}"], data[f"closes_{weekday}"])
            for weekday in WEEKDAYS
            if data.get(f"opens_{weekday}")
        }

    @property
    def days(self) -> list[tuple[Any, forms.BoundField, forms.BoundField]]:
        """Weekday, opening and closing field."""
        return [
            (name, self[f"opens_{weekday}"], self[f"closes_{weekday}"]) for weekday, name in WEEKDAYS.items()
        ]


class ClosingDayForm(forms.Form):
    """A day on which a site receives nobody."""

    day = day_field(_("日期"))
    reason = text_field(_("原因"), 100, help_text=_("会告诉受影响的同事，例如“设备检修”"))


class CalendarFileForm(forms.Form):
    """A table of days: a file or, once that has been looked at, what stood in it."""

    MOST = 64 * 1024

    file = forms.FileField(
        label=_("文件"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".csv,text/csv"}),
        help_text=_("CSV，不超过 64 KB"),
    )
    content = forms.CharField(required=False, strip=False, max_length=MOST, widget=forms.HiddenInput)
    source = text_field(_("出处"), 200, required=False, help_text=_("例如 国办发明电〔2026〕7 号"))

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file is not None and file.size > self.MOST:
            raise forms.ValidationError(_("文件超过 64 KB"))
        return file

    def clean(self) -> dict[str, Any]:
        """`content` is what the file says."""
        data = super().clean() or self.cleaned_data
        if file := data.get("file"):
            try:
                data["content"] = file.read().decode("utf-8-sig")
            except UnicodeDecodeError:
                self.add_error("file", _("请存成 UTF-8 编码的 CSV"))
        elif not data.get("content") and not self.errors:
            self.add_error("file", _("请选择文件"))
        return data
