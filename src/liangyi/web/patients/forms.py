"""What is asked about patients. The services check everything; forms give shape and words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liangyi.domains.patients.enums import PaperKind, Severity, Sex
from liangyi.domains.patients.models import ConsentText, Guardian
from liangyi.domains.patients.rules.entries import NewAllergy, NewGuardian, NewPaper

ALLERGY_ROWS = 6


class DayInput(forms.DateInput):
    """The browser's own calendar."""

    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class TelInput(forms.TextInput):
    input_type = "tel"


def words(label: Any, limit: int, *, required: bool = False, **attrs: Any) -> forms.CharField:
    """One line of text."""
    return forms.CharField(
        label=label,
        required=required,
        max_length=limit,
        widget=forms.TextInput(attrs={"autocomplete": "off", **attrs}),
    )


def tel(label: Any, *, required: bool = False) -> forms.CharField:
    """A telephone number as people write it."""
    widget = TelInput(attrs={"autocomplete": "off", "inputmode": "tel"})
    return forms.CharField(label=label, required=required, max_length=40, widget=widget)


def paper_kind() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("证件类型"), choices=PaperKind.choices, initial=PaperKind.RESIDENT_ID)


def paper_number(*, required: bool = False) -> forms.CharField:
    attrs = {"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}
    return forms.CharField(
        label=_("证件号码"), required=required, max_length=40, widget=forms.TextInput(attrs=attrs)
    )


def birth_date() -> forms.DateField:
    return forms.DateField(label=_("出生日期"), required=False, widget=DayInput())


def sex() -> forms.ChoiceField:
    return forms.ChoiceField(label=_("性别"), required=False, choices=Sex.choices, initial=Sex.UNKNOWN)


class RegisterForm(forms.Form):
    """A new patient. Names of fields follow the service's where they are one line."""

    paper_kind = paper_kind()
    paper_number = paper_number()
    name = words(_("姓名"), 60, required=True)
    sex = sex()
    birth_date = birth_date()
    phone = tel(_("手机"))
    email = forms.EmailField(label=_("邮箱"), required=False, max_length=254)
    guardian_name = words(_("监护人姓名"), 60)
    guardian_relation = words(_("与患者的关系"), 30, list="relations")
    guardian_phone = tel(_("监护人电话"))
    alert = words(_("提示"), 200)
    note = forms.CharField(
        label=_("备注"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, texts: Sequence[ConsentText] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.texts = {str(text.pk): text for text in texts}
        self.fields["consents"] = forms.MultipleChoiceField(
            label=_("同意书"),
            required=False,
            choices=[(key, text.title) for key, text in self.texts.items()],
            error_messages={"invalid_choice": _("同意书已有新版本，请重新阅读后再勾选")},
        )
        for row in range(ALLERGY_ROWS):
            self.fields[f"allergy_{row}_substance"] = words(_("过敏原"), 80)
            self.fields[f"allergy_{row}_severity"] = forms.ChoiceField(
                label=_("程度"), choices=Severity.choices, initial=Severity.MODERATE, required=False
            )
            self.fields[f"allergy_{row}_reaction"] = words(_("反应"), 200)

    def allergy_rows(self) -> list[dict[str, Any]]:
        """The rows for the template; those after the first stay folded until they hold something."""
        return [
            {
                "number": row,
                "substance": self[f"allergy_{row}_substance"],
                "severity": self[f"allergy_{row}_severity"],
                "reaction": self[f"allergy_{row}_reaction"],
                "is_folded": row > 0 and not self._typed(row),
            }
            for row in range(ALLERGY_ROWS)
        ]

    def has_guardian(self) -> bool:
        """Whether anything about a guardian was typed."""
        return any(self[f"guardian_{part}"].value() for part in ("name", "relation", "phone"))

    def ticked(self) -> set[str]:
        """The consents ticked, for the template."""
        return set(self["consents"].value() or ())

    def facts(self) -> dict[str, Any]:
        """What register_patient takes, from the cleaned form."""
        data = self.cleaned_data
        return {
            "name": data["name"],
            "sex": data["sex"],
            "birth_date": data["birth_date"],
            "papers": self.papers(),
            "phone": data["phone"],
            "email": data["email"],
            "note": data["note"],
            "guardian": self._guardian(),
            "allergies": [self._allergy(row) for row in self._typed_rows()],
            "alerts": [data["alert"]] if data["alert"] else [],
            "consents": [self.texts[key] for key in data["consents"]],
        }

    def claim(self) -> dict[str, Any]:
        """What register_at_site takes: how the person is known."""
        data = self.cleaned_data
        return {
            "name": data["name"],
            "phone": data["phone"],
            "birth_date": data["birth_date"],
            "papers": self.papers(),
        }

    def papers(self) -> list[NewPaper]:
        """The paper, where a number was typed."""
        number = self.cleaned_data["paper_number"]
        return [NewPaper(self.cleaned_data["paper_kind"], number)] if number else []

    def field_of(self, name: str) -> str:
        """The form's field for a name the service complains about."""
        if name.startswith("allergies."):
            typed = self._typed_rows()
            _parts, index, part = name.split(".")
            return f"allergy_{typed[int(index)]}_{part}"
        return _SERVICE_NAMES.get(name, name)

    def _guardian(self) -> NewGuardian | None:
        parts = [self.cleaned_data[f"guardian_{part}"] for part in ("name", "relation", "phone")]
        return NewGuardian(*parts) if any(parts) else None

    def _allergy(self, row: int) -> NewAllergy:
        substance, severity, reaction = (
            self.cleaned_data[f"allergy_{row}_{part}"] for part in ("substance", "severity", "reaction")
        )
        return NewAllergy(substance, severity or Severity.MODERATE, reaction)

    def _typed_rows(self) -> list[int]:
        return [row for row in range(ALLERGY_ROWS) if self._typed(row)]

    def _typed(self, row: int) -> bool:
        return any(
            (self[f"allergy_{row}_{part}"].value() or "").strip() for part in ("substance", "reaction")
        )


_SERVICE_NAMES = {
    "papers.0.number": "paper_number",
    "papers.0.valid_to": "paper_number",
    "guardian.name": "guardian_name",
    "guardian.relation": "guardian_relation",
    "guardian.phone": "guardian_phone",
    "alerts.0": "alert",
}


class EditForm(forms.Form):
    """The record itself."""

    name = words(_("姓名"), 60, required=True)
    sex = sex()
    birth_date = birth_date()
    phone = tel(_("手机"))
    email = forms.EmailField(label=_("邮箱"), required=False, max_length=254)
    note = forms.CharField(
        label=_("备注"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )


class AllergyForm(forms.Form):
    substance = words(_("过敏原"), 80, required=True)
    severity = forms.ChoiceField(label=_("程度"), choices=Severity.choices, initial=Severity.MODERATE)
    reaction = words(_("反应"), 200)


class AlertForm(forms.Form):
    text = words(_("提示"), 200, required=True)


class GuardianForm(forms.Form):
    name = words(_("监护人姓名"), 60, required=True)
    relation = words(_("与患者的关系"), 30, required=True)
    phone = tel(_("监护人电话"), required=True)


class PaperForm(forms.Form):
    kind = paper_kind()
    number = paper_number(required=True)
    valid_to = forms.DateField(label=_("有效期止"), required=False, widget=DayInput())


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("原因"), max_length=200, widget=forms.Textarea(attrs={"rows": 2}))


class AgreeForm(forms.Form):
    """Who answers."""

    guardian = forms.ChoiceField(label=_("由哪位监护人同意"))

    def __init__(self, *args: Any, guardians: Iterable[Guardian], is_minor: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(str(guardian.pk), f"{guardian.name}（{guardian.relation}）") for guardian in guardians]
        if is_minor:
            self.fields["guardian"].choices = [("", _("请选择")), *choices]  # type: ignore[attr-defined]
        else:
            del self.fields["guardian"]


class TextForm(forms.Form):
    """The next version of a consent text."""

    title = words(_("标题"), 100, required=True)
    body = forms.CharField(label=_("正文"), max_length=20_000, widget=forms.Textarea(attrs={"rows": 18}))
    effective_from = forms.DateField(label=_("生效日期"), widget=DayInput())
    asks_again = forms.BooleanField(
        label=_("需重新征得同意"),
        required=False,
        help_text=_(
            "处理目的、方式或信息种类有变时必须勾选：自生效日起，已有的同意不再算数，要请每位患者重新同意。"
        ),
    )


class FindForm(forms.Form):
    """Somebody of another site, as they say of themselves."""

    paper_kind = paper_kind()
    paper_number = paper_number()
    name = words(_("姓名"), 60)
    phone = tel(_("手机"))
    birth_date = birth_date()
