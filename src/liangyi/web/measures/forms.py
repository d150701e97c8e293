"""The form of the numbers: what a site aims at."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liangyi.platform.measures.catalogue import Measure


class TargetForm(forms.Form):
    """A ratio is asked for in percent and handed on as a fraction."""

    value = forms.DecimalField(label=_("目标值"), min_value=0, max_digits=8, decimal_places=2)
    effective_from = forms.DateField(
        label=_("生效日期"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    )

    def __init__(self, measure: Measure, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_ratio = measure.kind == "ratio"

    def clean_value(self) -> Decimal:
        value: Decimal = self.cleaned_data["value"]
        return value / 100 if self.is_ratio else value
