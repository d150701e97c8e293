"""Forms of the equipment screens."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liangyi.domains.catalogue import queries as catalogue
from liangyi.domains.facilities.models import Equipment
from liangyi.domains.organisation import queries as organisation
from liangyi.domains.staff import queries as staff
from liangyi.platform import clock
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.web.organisation.fields import RowField, day_field, text_field, today_at


class EquipmentForm(forms.Form):
    """A piece of equipment."""

    model = RowField(label=_("型号"))
    name = text_field(_("名称"), 60, help_text=_("同事叫它什么，例如“光子 1 号”"))
    serial = text_field(_("序列号"), 60)
    room = RowField(label=_("固定房间"), required=False)
    keeper = RowField(label=_("责任人"), required=False)

    def __init__(self, *args: Any, actor: Actor, site: Site, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = today_at(site, clock.now())
        offered: dict[str, Any] = {
            "model": catalogue.device_models().values_list("id", "name"),
            "room": organisation.rooms_for_site(actor, site).values_list("id", "name"),
            "keeper": staff.members_for_list(actor, on=today, site=site.id).values_list("id", "name"),
        }
        for name, rows in offered.items():
            if name in self.fields:
                self.fields[name].offer(rows)  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(piece: Equipment) -> dict[str, Any]:
        return {
            "name": piece.name,
            "serial": piece.serial,
            "room": piece.room_id,
            "keeper": piece.keeper_id,
        }


class EquipmentChangeForm(EquipmentForm):
    """A piece that exists: its model stays."""

    model = None  # type: ignore[assignment]


class CalibrationForm(forms.Form):
    """A calibration that was done."""

    done_on = day_field(_("校准日期"))
    certificate = text_field(_("证书编号"), 60)
    due_on = day_field(_("下次到期"), required=False, help_text=_("留空则按型号的校准周期推算"))


class RetireForm(forms.Form):
    """Why a piece is used no more."""

    reason = text_field(_("原因"), 200)
