"""What is asked about appointments. The services check everything; forms give shape and words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from liangyi.domains.scheduling.enums import CancelReason, Channel
from liangyi.web.scheduling.asked import uuid_from
from liangyi.web.scheduling.pages.times import slot_from

CHOOSE = ("", _("请选择"))
CANCEL_REASONS = [choice for choice in CancelReason.choices if choice[0] != CancelReason.MOVED]


class DayInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class MomentField(forms.DateTimeField):
    """Day and time, in the site's zone."""

    def __init__(self, label: Any, **options: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(
            label=label, widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], **options
        )


class IdField(forms.CharField):
    """An id chosen elsewhere on the page."""

    def __init__(self, missing: Any, **options: Any) -> None:
        super().__init__(widget=forms.HiddenInput, error_messages={"required": missing}, **options)
        self.missing = missing

    def clean(self, value: Any) -> UUID | None:
        text = super().clean(value)
        found = uuid_from(text)
        if text and found is None:
            raise forms.ValidationError(self.missing)
        return found


class SlotField(forms.CharField):
    """A time with somebody, chosen from the free ones."""

    def __init__(self) -> None:
        super().__init__(max_length=120, error_messages={"required": _("请选择时间")})
        self.zone = "UTC"

    def clean(self, value: Any) -> Any:
        found = slot_from(super().clean(value), self.zone)
        if found is None:
            raise forms.ValidationError(_("请选择时间"))
        return found


def note_field(label: Any, most: int, *, required: bool = False, **options: Any) -> forms.CharField:
    """Some words."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=most,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
        **options,
    )


class PatientServiceForm(forms.Form):
    """Who comes for what."""

    patient = IdField(_("请先选择患者"))
    service = IdField(_("请选择项目"))


class BookingForm(PatientServiceForm):
    """A time for somebody."""

    slot = SlotField()
    room = IdField("", required=False)
    enquiry = IdField("", required=False)
    request_key = forms.CharField(widget=forms.HiddenInput, max_length=100, required=False)
    channel = forms.ChoiceField(label=_("预约渠道"), choices=Channel.choices, initial=Channel.DESK)
    note = note_field(_("备注"), 300)

    def __init__(self, *args: Any, zone: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["slot"].zone = zone  # type: ignore[attr-defined]  # a SlotField


class WalkInForm(PatientServiceForm):
    """Somebody who stands here."""

    practitioner = IdField(_("请选择医生"))
    note = note_field(_("备注"), 300)


class PastVisitForm(PatientServiceForm):
    """A visit that has happened without a booking."""

    practitioner = forms.ChoiceField(label=_("医生"), choices=[CHOOSE])
    start = MomentField(_("开始"))
    end = MomentField(_("结束"))
    reason = note_field(_("补录原因"), 200, required=True)

    def __init__(self, *args: Any, people: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["practitioner"].choices = [CHOOSE, *people]  # type: ignore[attr-defined]


class MoveForm(forms.Form):
    """Another time for an appointment: one of the free ones, or one typed."""

    slot = forms.CharField(max_length=120, required=False)
    start = MomentField(_("或直接填时间"), required=False)
    reason = forms.CharField(
        label=_("改期原因"),
        max_length=200,
        widget=forms.TextInput(attrs={"list": "move-reasons", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, zone: str, practitioner: UUID | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone
        self.practitioner = practitioner

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        slot = slot_from(data.get("slot") or "", self.zone)
        start: datetime | None = data.get("start")
        if start is not None:
            data["when"], data["who"] = start, self.practitioner
        elif slot is not None:
            data["when"], data["who"] = slot.start, slot.practitioner
        elif "start" not in self.errors:
            self.add_error("slot", _("请选择新的时间"))
        return data


class CancelForm(forms.Form):
    """Why it does not take place."""

    reason = forms.ChoiceField(label=_("取消原因"), choices=[CHOOSE, *CANCEL_REASONS])
    note = note_field(_("说明"), 200)


class ReasonForm(forms.Form):
    """Why."""

    reason = note_field(_("原因"), 200, required=True)


class NoShowForm(forms.Form):
    """The patient did not come."""

    reason = note_field(_("说明"), 200)


class LateForm(forms.Form):
    """A step written down afterwards."""

    happened_at = MomentField(_("实际时间"))
    reason = note_field(_("补录原因"), 200, required=True)
