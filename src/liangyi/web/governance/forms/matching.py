"""A reviewer's word on a clause."""

from __future__ import annotations

from typing import Any

from django import forms

CONFIRM, REJECT, NONE, CLEAR, AGAIN, UNDO = "confirm", "reject", "none", "clear", "again", "undo"
KIND = "kind"
SAYINGS = (CONFIRM, REJECT, NONE, CLEAR, AGAIN, UNDO, KIND)


class WordForm(forms.Form):
    """What is said, of which control point or kind, and what stood before and after for taking it back."""

    say = forms.ChoiceField(choices=[(saying, saying) for saying in SAYINGS])
    control = forms.CharField(required=False, max_length=80)
    kind = forms.CharField(required=False, max_length=12)
    before = forms.JSONField(required=False)
    after = forms.JSONField(required=False)

    def clean(self) -> dict[str, Any]:
        """`before` and `after` are plain tables of words."""
        data = super().clean() or {}
        for name in ("before", "after"):
            words = data.get(name) or {}
            if not isinstance(words, dict) or not all(isinstance(word, str) for word in words.values()):
                self.add_error(name, "invalid")
            data[name] = words
        return data
