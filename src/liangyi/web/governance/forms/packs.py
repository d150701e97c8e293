"""Asking for an evidence pack."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from liangyi.web.organisation.fields import day_field, text_field


class PackForm(forms.Form):
    """What it is called, for which days, for whom, and which clauses."""

    title = text_field(_("标题"), 200)
    first_day = day_field(_("起"))
    last_day = day_field(_("止"))
    inspection = forms.TypedChoiceField(
        label=_("交给的检查"),
        required=False,
        coerce=UUID,
        empty_value=None,
        help_text=_("选了，检查员登录后就能下载"),
    )

    def __init__(self, *args: Any, inspections: Iterable[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["inspection"].choices = [("", _("只自己用")), *inspections]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """With the chosen clauses, which are ticked in the list beside the form's own fields."""
        data = super().clean() or self.cleaned_data
        try:
            data["clauses"] = [UUID(row) for row in self.data.getlist("clauses")]  # type: ignore[attr-defined]
        except ValueError:
            self.add_error(None, _("没有这一条"))
        return data
