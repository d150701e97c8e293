"""Small parts the pages of appointments share: `{% load appointments %}`."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from liangyi.domains.scheduling.enums import AppointmentStatus
from liangyi.web.patients import pages as patients
from liangyi.web.scheduling.marks import MARKS, masked_name
from liangyi.web.shell.templatetags.shell import icon

register = template.Library()
register.filter("masked_name", masked_name)


@register.simple_tag
def appointment_status(status: str) -> SafeString:
    """The status in words, tone and icon."""
    known = AppointmentStatus(status)
    mark = MARKS[known]
    return format_html(
        '<span class="status status-tone-{}">{}{}</span>', mark.tone, icon(mark.icon), known.label
    )


@register.simple_tag
def status_icon(status: str) -> SafeString:
    """The icon of a status, where the word stands beside it."""
    return icon(MARKS[AppointmentStatus(status)].icon)


@register.simple_tag
def about_patient(sex: str, birth_date: date | None, on: Any) -> str:
    """`女 · 36 岁` on the day of a moment."""
    day = timezone.localtime(on).date() if isinstance(on, datetime) else on
    return patients.about(sex, birth_date, day)
