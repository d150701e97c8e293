"""Refusals as JSON: for the verdict (in Chinese, the source language) and for REST (the reader's)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.utils import translation

from liangyi.platform.errors import Refusal, Refused


def refusals_as_dicts(refused: Refused, language: str) -> list[dict[str, Any]]:
    """The `refusals` of a REST answer: control, reason, facts, and the remedy with its page."""
    with translation.override(language):
        return [
            {
                "control": refusal.control,
                "reason": str(refusal.reason),
                "facts": _plain(refusal.facts),
                "remedy": {"text": str(refusal.remedy), "url": refusal.remedy_url},
            }
            for refusal in refused.refusals
        ]


def refusals_as_facts(refusals: Iterable[Refusal]) -> list[dict[str, Any]]:
    """What a verdict keeps of its refusals."""
    with translation.override(settings.LANGUAGE_CODE):
        return [
            {"control": refusal.control, "reason": str(refusal.reason), "facts": _plain(refusal.facts)}
            for refusal in refusals
        ]


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(item) for item in value]
    return value if value is None or isinstance(value, bool | int | float) else str(value)
