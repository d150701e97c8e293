from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest

from liangyi.domains.catalogue.rules import Price, price_on, shipped_subjects

HERE, THERE = uuid4(), uuid4()
PRICES = [
    Price(None, 100, date(2026, 1, 1)),
    Price(None, 120, date(2026, 12, 1)),
    Price(HERE, 90, date(2026, 6, 1)),
]


@pytest.mark.parametrize(
    ("site", "day", "cents"),
    [
        (HERE, date(2025, 12, 31), None),
        (HERE, date(2026, 1, 1), 100),
        (HERE, date(2026, 6, 1), 90),
        (HERE, date(2026, 12, 1), 90),
        (THERE, date(2026, 11, 30), 100),
        (THERE, date(2026, 12, 1), 120),
    ],
)
def test_price_is_the_sites_own_before_the_groups(site: object, day: date, cents: int | None) -> None:
    price = price_on(PRICES, site, day)  # type: ignore[arg-type]
    assert (price.cents if price else None) == cents


def test_subjects_have_one_code_each_and_a_source() -> None:
    rows = shipped_subjects()
    assert len({row.code for row in rows}) == len(rows)
    assert all(row.source and row.name_en for row in rows)


def test_subjects_name_the_aesthetic_disciplines() -> None:
    names = {row.name for row in shipped_subjects()}
    assert {"医疗美容科", "美容外科", "美容牙科", "美容皮肤科", "美容中医科", "口腔种植"} <= names
