from __future__ import annotations

from datetime import date

import pytest

from liangyi.platform.controls.catalogue import Control, Kind
from liangyi.platform.controls.evidence.rules import Health, Tally, health, month_end, tally_of, worst

GOOD, BAD, OPEN, NONE = Health.CARRIED_OUT, Health.IN_BREACH, Health.UNPROVEN, Health.NOTHING


@pytest.mark.parametrize(
    ("kind", "figures", "expected"),
    [
        (Kind.GATE, {}, OPEN),
        (Kind.GATE, {"passed": 3}, GOOD),
        (Kind.GATE, {"refused": 3}, GOOD),
        (Kind.GATE, {"overridden": 1}, GOOD),
        (Kind.GATE, {"passed": 3, "standing": 1}, BAD),
        (Kind.WATCH, {}, OPEN),
        (Kind.WATCH, {"runs": 30}, GOOD),
        (Kind.WATCH, {"runs": 30, "opened": 2, "closed": 2}, GOOD),
        (Kind.WATCH, {"runs": 30, "standing": 1}, BAD),
        (Kind.WATCH, {"standing": 1}, BAD),
        (Kind.WATCH, {"opened": 1, "closed": 1}, OPEN),
        (Kind.DUTY, {}, OPEN),
        (Kind.DUTY, {"done": 3}, GOOD),
        (Kind.DUTY, {"done": 3, "late": 1}, GOOD),
        (Kind.DUTY, {"done": 3, "missed": 1, "standing": 1}, BAD),
        (Kind.MEASURE, {"numerator": 0, "denominator": 0}, OPEN),
        (Kind.MEASURE, {"numerator": 1, "denominator": 9}, GOOD),
        (Kind.RECORD, {}, OPEN),
        (Kind.RECORD, {"kept": 1}, GOOD),
        (Kind.RECORD, {"kept": 9, "failing": 1}, BAD),
        (Kind.CHECK, {"kept": 1}, GOOD),
    ],
)
def test_health_of_a_control(kind: Kind, figures: dict[str, int], expected: Health) -> None:
    control = Control("door.key", kind, "", "")
    assert health(control, tally_of(control, figures)) is expected


def test_measure_off_its_aim_is_in_breach() -> None:
    control = Control("door.wait", Kind.MEASURE, "", "")
    figures = {"numerator": 9, "denominator": 9}
    assert health(control, tally_of(control, figures, is_met=False)) is BAD
    assert health(control, tally_of(control, figures, is_met=None)) is GOOD


def test_planned_and_unknown_are_nothing_whatever_was_counted() -> None:
    assert health(None, Tally(proofs=5)) is NONE
    assert health(Control("door.later", Kind.GATE, "", "", planned=True), Tally(proofs=5)) is NONE


@pytest.mark.parametrize(
    ("of", "expected"),
    [
        ([], NONE),
        ([NONE, NONE], NONE),
        ([GOOD], GOOD),
        ([GOOD, NONE], GOOD),
        ([GOOD, OPEN], OPEN),
        ([GOOD, OPEN, BAD], BAD),
        ([OPEN, NONE], OPEN),
    ],
)
def test_clause_is_as_well_as_its_worst_control_that_is_built(of: list[Health], expected: Health) -> None:
    assert worst(of) is expected


def test_month_end_knows_short_months() -> None:
    assert month_end(date(2028, 2, 3)) == date(2028, 2, 29)
    assert month_end(date(2026, 12, 31)) == date(2026, 12, 31)
