"""A word on a request."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

YES, NO = "yes", "no"


class DecisionForm(forms.Form):
    """Yes, or no and why. `step` is the one that was read."""

    note = forms.CharField(
        label=_("意见"),
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("不同意要写明理由"),
    )
    answer = forms.ChoiceField(choices=[(YES, YES), (NO, NO)], widget=forms.HiddenInput)
    step = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """A no has its reason beside the field, before anybody is asked."""
        data = super().clean() or self.cleaned_data
        if data.get("answer") == NO and not data.get("note", "").strip():
            self.add_error("note", _("不同意要写明理由"))
        return data


class WithdrawForm(forms.Form):
    """Taking a request back."""

    note = forms.CharField(
        label=_("撤回说明"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
