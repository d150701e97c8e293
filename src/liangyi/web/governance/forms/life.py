"""Steps in the life of a version, and the test on it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liangyi.domains.governance.models import Question
from liangyi.domains.governance.rules.living import MOST_OPTIONS, MOST_QUESTIONS, Asked
from liangyi.platform.access.builtin import GUEST_ROLES
from liangyi.web.organisation.fields import day_field, role_choices

LETTERS = "ABCD"


class NoteForm(forms.Form):
    """A word along the way; required where `is_required`."""

    note = forms.CharField(label=_("说明"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, label: Any = "", is_required: bool = False, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["note"].required = is_required
        if label:
            self.fields["note"].label = label


class ReleaseForm(forms.Form):
    """From when a version applies, when it is looked at again, and who has to read it."""

    effective_from = day_field(_("生效日期"), help_text=_("今天或以后；当天零点替代施行中的版本"))
    review_months = forms.IntegerField(label=_("复审周期（月）"), min_value=1, max_value=120)
    readers = forms.MultipleChoiceField(
        label=_("哪些角色要读"),
        required=False,
        choices=lambda: [(code, name) for code, name in role_choices() if code not in GUEST_ROLES],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("任一院区有这个角色的人都会收到；以后入职的当晚收到"),
    )
    due_days = forms.IntegerField(label=_("阅读期限（工作日）"), min_value=1, max_value=120)


class TestForm(forms.Form):
    """Up to five single-choice questions; what is left empty is no question."""

    def __init__(self, *args: Any, questions: Sequence[Question] = (), **options: Any) -> None:
        super().__init__(*args, **options)
        known = {question.position: question for question in questions}
        for number in range(1, MOST_QUESTIONS + 1):
            self._add(number, known.get(number))

    def _add(self, number: int, question: Question | None) -> None:
        self.fields[f"text_{number}"] = forms.CharField(
            label=_("题目"), required=False, max_length=300, initial=question.text if question else ""
        )
        options = question.options if question else []
        for place in range(MOST_OPTIONS):
            self.fields[f"option_{number}_{place}"] = forms.CharField(
                label=_("选项 %(letter)s") % {"letter": LETTERS[place]},
                required=False,
                max_length=200,
                initial=options[place] if place < len(options) else "",
            )
        self.fields[f"answer_{number}"] = forms.TypedChoiceField(
            label=_("正确选项"),
            required=False,
            coerce=int,
            empty_value=None,
            choices=[("", _("请选择")), *((place, LETTERS[place]) for place in range(MOST_OPTIONS))],
            initial=question.answer if question else "",
        )

    def blocks(self) -> list[tuple[int, list[Any]]]:
        """The fields of each question."""
        names = [f"option_{{}}_{place}" for place in range(MOST_OPTIONS)]
        return [
            (number, [self[name.format(number)] for name in ("text_{}", *names, "answer_{}")])
            for number in range(1, MOST_QUESTIONS + 1)
        ]

    def asked(self) -> list[tuple[int, Asked]]:
        """The questions that were written, with the number of their block."""
        data = self.cleaned_data
        found = []
        for number in range(1, MOST_QUESTIONS + 1):
            options = [data.get(f"option_{number}_{place}", "").strip() for place in range(MOST_OPTIONS)]
            text = data.get(f"text_{number}", "").strip()
            if text or any(options):
                found.append((number, _question(text, options, data.get(f"answer_{number}"))))
        return found


def _question(text: str, options: list[str], answer: int | None) -> Asked:
    """Empty options fall out; the right one keeps its words and so its place among the rest."""
    kept = [place for place, option in enumerate(options) if option]
    return Asked(text, tuple(options[place] for place in kept), kept.index(answer) if answer in kept else -1)


class AnswerForm(forms.Form):
    """One go at the test."""

    def __init__(self, *args: Any, questions: Sequence[Question], **options: Any) -> None:
        super().__init__(*args, **options)
        for question in questions:
            self.fields[f"answer_{question.position}"] = forms.TypedChoiceField(
                label=f"{question.position}. {question.text}",
                coerce=int,
                choices=list(enumerate(question.options)),
                widget=forms.RadioSelect,
                error_messages={"required": _("选一个答案")},
            )


def release_initial(today: date, months: int, days: int, readers: Sequence[str]) -> dict[str, Any]:
    """What stands in the release form at first."""
    return {"effective_from": today, "review_months": months, "due_days": days, "readers": list(readers)}
