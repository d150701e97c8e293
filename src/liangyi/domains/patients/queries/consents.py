"""Consent texts and which answers stand."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from liangyi.domains.patients.enums import ConsentKind
from liangyi.domains.patients.models import Consent, ConsentText


def consent_texts() -> QuerySet[ConsentText]:
    """Every version of every text, newest first within its kind."""
    return ConsentText.objects.order_by("kind", "-version")


def consent_texts_in_force(on: date) -> dict[str, ConsentText]:
    """Per kind, the most needed first, the version to be shown and answered on that day."""
    texts = ConsentText.objects.filter(effective_from__lte=on).order_by("kind", "-version").distinct("kind")
    by_kind = {text.kind: text for text in texts}
    return {kind.value: by_kind[kind] for kind in ConsentKind if kind in by_kind}


def standing(on: date) -> QuerySet[Consent]:
    """Answers that are not withdrawn and that no later version in effect has asked anew."""
    asked_again = ConsentText.objects.filter(
        kind=OuterRef("text__kind"),
        version__gt=OuterRef("text__version"),
        asks_again=True,
        effective_from__lte=on,
    )
    return Consent.objects.filter(~Exists(asked_again), withdrawn_at=None)


def standing_kinds(patient_ids: Collection[UUID], on: date) -> frozenset[str]:
    """What the person behind these records agrees to on that day, in one statement."""
    return frozenset(standing(on).filter(patient__in=patient_ids).values_list("text__kind", flat=True))
