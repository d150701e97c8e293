"""Forms of the catalogue's set-up screens."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liangyi.domains.catalogue import queries
from liangyi.domains.catalogue.models import DeviceModel, Service
from liangyi.domains.catalogue.permissions import MANAGE, SET_PRICE
from liangyi.domains.organisation.enums import RoomKind
from liangyi.platform.actors import Actor
from liangyi.web.organisation.fields import (
    EMPTY,
    RowField,
    RowsField,
    choice_field,
    day_field,
    shown_name,
    sites_with,
    text_field,
)
from liangyi.web.organisation.forms import LEVELS


class ServiceForm(forms.Form):
    """Something a patient can be booked for."""

    name = text_field(_("项目名称"), 100)
    code = text_field(_("代码"), 40, help_text=_("小写字母、数字和 -，例如 double-eyelid"))
    name_en = text_field(_("英文名称"), 100, required=False)
    subject = forms.ChoiceField(label=_("诊疗科目"), help_text=_("院区的许可证上要有这个科目才能预约"))
    level = forms.TypedChoiceField(label=_("手术级别"), choices=LEVELS, coerce=int)
    duration_minutes = forms.IntegerField(label=_("时长"), min_value=5, max_value=720, initial=30)
    prepare_minutes = forms.IntegerField(label=_("准备"), min_value=0, max_value=240, initial=0)
    clean_minutes = forms.IntegerField(label=_("清洁"), min_value=0, max_value=240, initial=0)
    room_kind = choice_field(_("房间用途"), RoomKind.choices)
    device_model = RowField(
        label=_("设备型号"), required=False, help_text=_("需要时选择；预约会占用一台校准有效的设备")
    )
    needs_privilege = forms.BooleanField(label=_("须有手术授权才能做"), required=False)
    notes = text_field(_("预约须知"), 200, required=False, help_text=_("会告诉患者，例如“术前 6 小时禁食”"))
    sites = RowsField(label=_("提供的院区"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        subjects = [(subject.code, shown_name(subject)) for subject in queries.subjects()]
        self.fields["subject"].choices = [EMPTY, *subjects]  # type: ignore[attr-defined]
        models = queries.device_models().values_list("id", "name")
        self.fields["device_model"].offer(models)  # type: ignore[attr-defined]
        self.fields["sites"].offer(sites_with(actor, MANAGE))  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(service: Service) -> dict[str, Any]:
        plain = (
            "name",
            "code",
            "name_en",
            "level",
            "duration_minutes",
            "prepare_minutes",
            "clean_minutes",
            "room_kind",
            "needs_privilege",
            "notes",
        )
        return {name: getattr(service, name) for name in plain} | {
            "subject": service.subject.code,
            "device_model": service.device_model_id,
            "sites": [str(site) for site in queries.sites_of_service(service.id)],
        }


class PriceForm(forms.Form):
    """A price from a day on."""

    yuan = forms.DecimalField(
        label=_("价格（元）"),
        min_value=Decimal(0),
        max_value=Decimal(10_000_000),
        max_digits=10,
        decimal_places=2,
        widget=forms.NumberInput(attrs={"step": "0.01", "inputmode": "decimal"}),
    )
    effective_from = day_field(_("生效日期"), help_text=_("今天或以后；已定的价格不会被改写"))
    site = RowField(label=_("院区"), required=False, help_text=_("不选就是全部院区"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].offer(sites_with(actor, SET_PRICE))  # type: ignore[attr-defined]

    @property
    def cents(self) -> int:
        """The price as whole cents, after validation."""
        return int(self.cleaned_data["yuan"] * 100)


class DeviceModelForm(forms.Form):
    """A make of equipment."""

    name = text_field(_("型号"), 100)
    manufacturer = text_field(_("厂家"), 100, required=False)
    calibration_months = forms.IntegerField(
        label=_("校准周期"),
        required=False,
        min_value=1,
        max_value=120,
        help_text=_("多少个月校准一次；不须校准的留空"),
    )

    @staticmethod
    def initial_of(model: DeviceModel) -> dict[str, Any]:
        return {name: getattr(model, name) for name in ("name", "manufacturer", "calibration_months")}
