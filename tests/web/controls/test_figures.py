"""Figures in words."""

from __future__ import annotations

from liangyi.domains.governance.rules.packing import figures_in_words
from liangyi.platform.controls.catalogue import controls
from liangyi.platform.controls.evidence.rules import Tally
from liangyi.web.controls.figures import figures_of


def _shown(code: str, **figures: int) -> list[tuple[str, str]]:
    return [(str(one.label), one.value) for one in figures_of(controls()[code], Tally(figures=figures))]


def test_register_is_counted_in_days() -> None:
    assert _shown("organisation.rooms", kept=1200) == [("在册", "1,200 天")]
    assert _shown("organisation.rooms") == [("在册", "0 天")]
    assert figures_in_words({"kept": 12}, is_register=True) == "在册 12 天"


def test_record_is_counted_in_rows() -> None:
    assert _shown("patients.consents", kept=12) == [("有记录", "12")]
    assert figures_in_words({"kept": 12}) == "有记录 12"
