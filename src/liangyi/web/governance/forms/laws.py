"""Laws, looking them up, and the clauses that answer them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from liangyi.domains.governance.enums import CheckOutcome, RegulationState
from liangyi.domains.governance.models import Clause
from liangyi.web.organisation.fields import choice_field, day_field, text_field


class LawForm(forms.Form):
    """What is known of a law."""

    title = text_field(_("名称"), 200)
    number = text_field(_("文号"), 100, required=False)
    issued_by = text_field(_("发布机关"), 100, required=False)
    jurisdiction = text_field(_("适用地域"), 60, initial="CN", help_text=_("CN 为全国，省份写全称"))
    state = choice_field(_("效力"), RegulationState.choices, empty=False, initial=RegulationState.IN_FORCE)
    effective_from = day_field(_("施行日期"), required=False)
    source = text_field(_("来源"), 300, required=False, help_text=_("在哪里看到的：网址或文本"))
    check_months = forms.IntegerField(label=_("查新周期（月）"), min_value=1, max_value=60, initial=6)
    note = forms.CharField(
        label=_("备注"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class CheckForm(forms.Form):
    """What looking a law up came to."""

    outcome = forms.ChoiceField(
        label=_("结果"),
        choices=CheckOutcome.choices,
        widget=forms.RadioSelect,
        initial=CheckOutcome.UNCHANGED,
    )
    note = forms.CharField(
        label=_("说明"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("有变化时写明改了什么；没有变化可以写在哪里查的"),
    )


class LinkForm(forms.Form):
    """An article, and one of the clauses that were found."""

    article = text_field(_("条文"), 60, required=False, help_text=_("如：第十八条；留空为整部法规"))
    clause = forms.TypedChoiceField(label=_("条款"), coerce=UUID, widget=forms.RadioSelect)

    def __init__(self, *args: Any, clauses: Iterable[Clause], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["clause"].choices = [  # type: ignore[attr-defined]  # a choice field, as declared above
            (str(row.id), f"{row.version.policy.title} {row.number} {row.text.strip()}") for row in clauses
        ]
