"""Form fields the set-up screens share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from liangyi.domains.catalogue import queries as catalogue
from liangyi.platform.access.builtin import GUEST_ROLES
from liangyi.platform.access.models import Role, Site
from liangyi.platform.actors import Actor
from liangyi.platform.clock import local_day
from liangyi.web.shell import formats

EMPTY = ("", _("请选择"))


def day_field(label: Any, *, required: bool = True, **options: Any) -> forms.DateField:
    """A calendar day."""
    widget = forms.DateInput(attrs={"type": "date", "max": "2199-12-31"}, format="%Y-%m-%d")
    return DayField(label=label, required=required, widget=widget, **options)


class DayField(forms.DateField):
    """A day as browsers send it, in this and the neighbouring centuries."""

    input_formats = ("%Y-%m-%d",)

    def clean(self, value: Any) -> date | None:
        day: date | None = super().clean(value)
        if day is not None and not 1900 <= day.year <= 2199:
            raise forms.ValidationError(_("日期有误"))
        return day


class HourField(forms.TimeField):
    """A time of day, to the minute; it may be left empty, and no 选填 stands beside it."""

    input_formats = ("%H:%M", "%H:%M:%S")

    def __init__(self, label: Any) -> None:
        super().__init__(label=label, widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))

    def validate(self, value: Any) -> None:
        """Empty is an answer: closed."""


def text_field(label: Any, most: int, *, required: bool = True, **options: Any) -> forms.CharField:
    """One line of text."""
    attrs = {"autocomplete": "off"} | options.pop("attrs", {})
    widget = forms.TextInput(attrs=attrs)
    return forms.CharField(label=label, required=required, max_length=most, widget=widget, **options)


def choice_field(
    label: Any,
    choices: Iterable[tuple[Any, Any]],
    *,
    required: bool = True,
    empty: bool = True,
    **options: Any,
) -> forms.ChoiceField:
    """One of a few; a required one begins with 请选择."""
    listed = [EMPTY, *choices] if empty else list(choices)
    return forms.ChoiceField(label=label, required=required, choices=listed, **options)


class RowField(forms.TypedChoiceField):
    """One of the rows offered, as its id or None."""

    def __init__(self, *, label: Any, required: bool = True, **options: Any) -> None:
        super().__init__(
            label=label, required=required, choices=[EMPTY], coerce=UUID, empty_value=None, **options
        )

    def offer(self, rows: Iterable[tuple[Any, Any]]) -> None:
        """The (id, text) pairs to choose from."""
        self.choices = [EMPTY, *((str(row), text) for row, text in rows)]


class RowsField(forms.TypedMultipleChoiceField):
    """Some of the rows offered, as a list of ids."""

    def __init__(self, *, label: Any, required: bool = True, **options: Any) -> None:
        super().__init__(
            label=label,
            required=required,
            coerce=UUID,
            empty_value=[],
            widget=forms.CheckboxSelectMultiple,
            **options,
        )

    def offer(self, rows: Iterable[tuple[Any, Any]]) -> None:
        """The (id, text) pairs to choose from."""
        self.choices = [(str(row), text) for row, text in rows]


def subjects_field(label: Any, *, required: bool = True, **options: Any) -> forms.MultipleChoiceField:
    """Some 诊疗科目, as codes."""
    return forms.MultipleChoiceField(
        label=label,
        required=required,
        choices=lambda: [(subject.code, shown_name(subject)) for subject in catalogue.subjects()],
        widget=forms.CheckboxSelectMultiple,
        **options,
    )


def role_choices() -> list[tuple[str, str]]:
    """The roles of the program by code, but for those of guests."""
    roles = Role.objects.exclude(code__in=GUEST_ROLES).order_by("-is_builtin", "name")
    return [(role.code, shown_name(role)) for role in roles]


def sites_with(actor: Actor, permission: str) -> list[tuple[UUID, str]]:
    """The sites at which the actor holds the permission."""
    sites = Site.objects.filter(id__in=actor.sites_with(permission)).order_by("name")
    return [(site.id, shown_name(site)) for site in sites]


def today_at(site: Site, at: Any) -> date:
    """The site's own calendar day."""
    return local_day(at, site.time_zone)


def shown_name(thing: Any) -> str:
    """The name in the reader's language."""
    return formats.named(thing)
