"""Opening an inspection."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from liangyi.web.organisation.fields import text_field

_MOMENT = "%Y-%m-%dT%H:%M"


def _moment_field(label: Any, **options: Any) -> forms.DateTimeField:
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=_MOMENT)
    return forms.DateTimeField(label=label, widget=widget, input_formats=[_MOMENT], **options)


class InspectionForm(forms.Form):
    """Who comes, from where, why, from when until when."""

    organisation = text_field(_("单位"), 100, help_text=_("例如：区卫生健康委员会"))
    inspector = text_field(_("检查员姓名"), 64)
    reason = forms.CharField(
        label=_("事由"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("例如：2026 年度校验现场检查"),
    )
    valid_from = _moment_field(_("开始"))
    valid_until = _moment_field(_("结束"), help_text=_("到这一刻，登录自动结束；最长 30 天"))
    language = forms.ChoiceField(label=_("语言"), choices=settings.LANGUAGES)
