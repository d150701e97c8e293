from __future__ import annotations

import json
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from liangyi.platform.access.models import Site
from liangyi.platform.measures.services import mark_dirty

from .conftest import RATIO, WAIT, Facts


def run(*arguments: str) -> Any:
    out = StringIO()
    call_command("measure", *arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


@pytest.fixture
def counted(facts: Facts, site: Site, other_site: Site) -> Facts:
    for month in (1, 2, 3):
        facts.cases[site.id, "", date(2026, month, 5)] = (month, 10)
        mark_dirty([RATIO], site, "", [date(2026, month, 5)])
    facts.waits[other_site.id, "old", date(2024, 5, 5)] = [600, 1200]
    mark_dirty([WAIT], other_site, "old", [date(2024, 5, 5)])
    return facts


def test_measure_counts_dirty_days_first_and_prints_totals(counted: Facts) -> None:
    found = run("t_ratio")
    assert found == {
        "code": RATIO,
        "title": "爽约率",
        "unit": "ratio",
        "source": "",
        "from": "2026-01-05",
        "to": "2026-03-05",
        "numerator": 6,
        "denominator": 30,
        "value": 0.2,
        "median": None,
        "p90": None,
    }


def test_measure_prints_rows_beside_totals(counted: Facts) -> None:
    found = run(RATIO, "--by", "month", "--from", "2026-02-01")
    assert [(row["period"], row["value"]) for row in found["rows"]] == [("2026-02", 0.2), ("2026-03", 0.3)]
    assert found["value"] == 0.25


def test_measure_of_a_source_and_a_site(counted: Facts, other_site: Site) -> None:
    found = run(WAIT, "--source", "old", "--by", "site")
    assert (found["value"], found["median"], found["p90"]) == (15, 10, 20)
    assert [row["name"] for row in found["rows"]] == [other_site.name]
    assert run(WAIT, "--source", "old", "--site", "良医医疗美容医院")["value"] is None


def test_measure_without_anything_to_count(facts: Facts, site: Site) -> None:
    found = run(WAIT, "--by", "day")
    assert (found["value"], found["denominator"], found["from"], found["rows"]) == (None, 0, None, [])


def test_measure_prints_a_table_without_json(counted: Facts) -> None:
    out = StringIO()
    call_command("measure", RATIO, "--by", "month", stdout=out)
    assert "2026-03" in out.getvalue()


def test_measure_says_what_is_unknown(facts: Facts, site: Site) -> None:
    with pytest.raises(CommandError, match="no measure NONE"):
        run("NONE")
    with pytest.raises(CommandError, match="no site"):
        run(RATIO, "--site", "月球")
