"""What is asked about enquiries."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from liangyi.domains.catalogue.models import Service
from liangyi.domains.scheduling.enums import Channel
from liangyi.web.scheduling.forms import IdField, note_field
from liangyi.web.shell.formats import named


class EnquiryForm(forms.Form):
    """Somebody asks."""

    name = forms.CharField(
        label=_("称呼"),
        max_length=60,
        help_text=_("还不知道全名时写“张女士”就可以"),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    phone = forms.CharField(
        label=_("电话"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
    )
    channel = forms.ChoiceField(label=_("渠道"), choices=Channel.choices, initial=Channel.PHONE)
    service = forms.TypedChoiceField(
        label=_("意向项目"), required=False, coerce=UUID, empty_value=None, choices=[("", _("还没定"))]
    )
    note = note_field(_("想了解什么"), 500)

    def __init__(self, *args: Any, services: Iterable[Service], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(str(service.id), named(service)) for service in services]
        self.fields["service"].choices = [("", _("还没定")), *offered]  # type: ignore[attr-defined]


class CloseForm(forms.Form):
    """It leads to nothing."""

    reason = forms.CharField(
        label=_("关闭原因"),
        max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "off", "list": "close-reasons"}),
    )


class LinkForm(forms.Form):
    """Who it was."""

    patient = IdField(_("请先选择患者"))
