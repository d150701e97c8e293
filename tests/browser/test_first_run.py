"""A clinic built on screen from nothing."""

from __future__ import annotations

from .conftest import Clinic

PASSWORD = "a-long-enough-one-9"


def test_first_run_asks_for_the_clinic_and_signs_its_administrator_in(empty: Clinic) -> None:
    boss = empty("boss").goes_to("/").is_at("/setup/")
    boss.sees("开始使用良医")
