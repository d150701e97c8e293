"""Setting a parameter from a clause, and ending what was set."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from liangyi.platform.controls.catalogue import Parameter
from liangyi.platform.controls.parameters import legal_bound
from liangyi.web.organisation.fields import choice_field, day_field, text_field

GROUP, GROUP_KEY = _("全集团"), "group"


def place_of(typed: str) -> UUID | None:
    """The site that was chosen, or None for the group."""
    return None if typed == GROUP_KEY else UUID(typed)


def legal_words(parameter: Parameter) -> str:
    """The laxest value the law allows; empty where no law says so."""
    bound = legal_bound(parameter)
    if bound is None:
        return ""
    words = {"bound": bound, "unit": parameter.unit}
    is_least = parameter.stricter == "higher"
    return str((_("至少 %(bound)s %(unit)s") if is_least else _("至多 %(bound)s %(unit)s")) % words)


def rule_of(parameter: Parameter) -> str:
    """Between which values it may lie, and which way is stricter."""
    parts = []
    if parameter.lowest is not None and parameter.highest is not None:
        span = {"lowest": parameter.lowest, "highest": parameter.highest, "unit": parameter.unit}
        parts.append(str(_("%(lowest)s–%(highest)s %(unit)s") % span))
    parts.append(str({"higher": _("越大越严"), "lower": _("越小越严")}.get(parameter.stricter, "")))
    if parameter.legal:
        parts.append(str(_("法律底线：%(law)s") % {"law": parameter.legal}))
    return " · ".join(part for part in parts if part)


class SettingForm(forms.Form):
    """Which parameter, what value, from when, where. The service judges; what was typed stays."""

    parameter = choice_field(_("参数"), (), empty=False)
    value = text_field(_("值"), 60)
    effective_from = day_field(_("从哪天起"))
    effective_to = day_field(_("到哪天为止"), required=False, help_text=_("不填就一直有效"))
    site = forms.TypedChoiceField(label=_("适用"), coerce=place_of, empty_value=None)
    note = forms.CharField(
        label=_("说明"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(
        self,
        *args: Any,
        parameters: Sequence[Parameter],
        sites: Sequence[tuple[Any, Any]],
        today: date,
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        fields: Any = self.fields
        fields["parameter"].choices = [(each.name, each.title) for each in parameters]
        fields["site"].choices = [(GROUP_KEY, GROUP), *((str(site), name) for site, name in sites)]
        fields["effective_from"].widget.attrs["min"] = today.isoformat()
        only = parameters[0] if len(parameters) == 1 else None
        if only is not None:
            fields["parameter"].widget = forms.HiddenInput()
            fields["value"].label = only.title
            fields["value"].help_text = rule_of(only)
            if only.kind == "boolean":
                fields["value"].widget = forms.Select(choices=[("是", _("是")), ("否", _("否"))])
        self.unit = only.unit if only is not None else ""


class EndForm(forms.Form):
    """From when a value no longer holds."""

    ends_on = day_field(_("从哪天起不再执行"))
    note = forms.CharField(
        label=_("说明"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class WithdrawForm(forms.Form):
    """Nothing is asked: taking back is a button."""
