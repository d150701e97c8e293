"""What is asked about rota and leave."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import time
from typing import Any

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from liangyi.web.scheduling.forms import DayInput, MomentField


class HourField(forms.CharField):
    """A time of day as people write it: 9, 9:30, 0930, 09：30. Empty is an answer."""

    def __init__(self, label: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off", "placeholder": "--:--"}
        super().__init__(label=label, required=False, max_length=8, widget=forms.TextInput(attrs=attrs))

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H:%M}" if isinstance(value, time) else value

    def clean(self, value: Any) -> time | None:
        text = super().clean(value).replace("：", ":")
        if not text:
            return None
        found = re.fullmatch(r"([0-9]{1,2})(?::?([0-9]{2}))?", text)
        if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
            raise forms.ValidationError(_("时间写成 09:30 这样"))
        return time(int(found[1]), int(found[2] or 0))


WEEKDAYS = {
    1: _("周一"),
    2: _("周二"),
    3: _("周三"),
    4: _("周四"),
    5: _("周五"),
    6: _("周六"),
    7: _("周日"),
}
HALVES = {1: _("第一段"), 2: _("第二段")}
Times = tuple[time, time]


def _add_hours(form: forms.Form, prefix: str, name: Any, hours: Sequence[Times]) -> None:
    """Two stretches of a day, from and to."""
    for place, half in HALVES.items():
        starts, ends = hours[place - 1] if len(hours) >= place else (None, None)
        form.fields[f"{prefix}_from_{place}"] = HourField(format_lazy("{} {} {}", name, half, _("从")))
        form.fields[f"{prefix}_to_{place}"] = HourField(format_lazy("{} {} {}", name, half, _("到")))
        form.initial.update({f"{prefix}_from_{place}": starts, f"{prefix}_to_{place}": ends})


def _hours(form: forms.Form, prefix: str) -> list[Times]:
    """The stretches of a day that were filled in; a half-filled one is complained about."""
    found = []
    for place in HALVES:
        starts = form.cleaned_data.get(f"{prefix}_from_{place}")
        ends = form.cleaned_data.get(f"{prefix}_to_{place}")
        if (starts is None) != (ends is None) and not form.errors:
            form.add_error(f"{prefix}_to_{place}", _("上班和下班时间都要填，或都留空"))
        elif starts is not None and ends is not None:
            found.append((starts, ends))
    return found


def _fields_of(form: forms.Form, prefix: str) -> list[forms.BoundField]:
    return [form[f"{prefix}_{end}_{place}"] for place in HALVES for end in ("from", "to")]


class WeekForm(forms.Form):
    """Somebody's week from a day on; a day left empty is free."""

    valid_from = forms.DateField(label=_("从哪天起"), widget=DayInput())
    valid_to = forms.DateField(
        label=_("到哪天止"), widget=DayInput(), required=False, help_text=_("留空则一直有效")
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)

    def __init__(self, *args: Any, hours: Mapping[int, Sequence[Times]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for weekday, name in WEEKDAYS.items():
            _add_hours(self, f"d{weekday}", name, hours.get(weekday, ()))

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        data["weekly"] = {weekday: _hours(self, f"d{weekday}") for weekday in WEEKDAYS}
        return data

    @property
    def days(self) -> list[tuple[Any, list[forms.BoundField]]]:
        """Weekday and its four times."""
        return [(name, _fields_of(self, f"d{weekday}")) for weekday, name in WEEKDAYS.items()]


class OneDayForm(forms.Form):
    """Somebody's hours on a single day; empty puts the weekly ones back."""

    day = forms.DateField(label=_("日期"), widget=DayInput())
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)

    def __init__(self, *args: Any, hours: Sequence[Times], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _add_hours(self, "h", _("当天"), hours)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        data["hours"] = _hours(self, "h")
        return data

    @property
    def times(self) -> list[forms.BoundField]:
        """The four times."""
        return _fields_of(self, "h")


class LeaveForm(forms.Form):
    """Somebody is away."""

    starts_at = MomentField(_("从"))
    ends_at = MomentField(_("到"))
    reason = forms.CharField(
        label=_("事由"), max_length=100, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)


class LastDayForm(forms.Form):
    """Somebody does not work here any more."""

    last_day = forms.DateField(label=_("最后一天"), widget=DayInput())
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=20)
