from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from liangyi.platform.imports.errors import FileUnusable
from liangyi.platform.imports.report import ImportReport, RowError

from .conftest import Kept

GOOD = "7,2016-05-02 09:00,2016-05-02 08:50,done,62.0,中心区"
Write, Bring = Callable[..., Path], Callable[..., ImportReport]


def test_good_row_lands_with_parsed_values(write: Write, bring: Bring, kept: Kept) -> None:
    report = bring(write(GOOD))
    values = kept.rows["7"].values
    assert (report.rows, report.created, report.errors) == (1, 1, [])
    assert values["starts_at"] == datetime(2016, 5, 2, 12, 0, tzinfo=UTC)
    assert (values["status"], values["age"], values["channel"]) == ("finished", 62, "phone")
    assert kept.rows["7"].kept == {"area": "中心区"}


@pytest.mark.parametrize(
    ("row", "column", "reason"),
    [
        ("7,yesterday,-,done,1,x", "start", "“yesterday”不是可识别的时间"),
        ("7,9999-01-01 00:00,-,done,1,x", "start", "“9999-01-01 00:00”不是可识别的时间"),
        ("7,2016-05-02 09:00,-,gone,1,x", "state", "“gone”在映射里没有对应的值"),
        ("7,2016-05-02 09:00,-,done,-1,x", "age", "应在 0 到 130 之间"),
        ("7,2016-05-02 09:00,-,done,old,x", "age", "“old”不是整数"),
        (",2016-05-02 09:00,-,done,1,x", "id", "必填，但这里是空的"),
        ("12345678901,2016-05-02 09:00,-,done,1,x", "id", "超过 10 个字符"),
        ("7,2016-05-02 09:00,2016-05-03 09:00,done,1,x", "arrived", "不是同一天"),
        ("7,2016-05-02 09:00,-,done,1", "", "列数不对：应有 6 列，实有 5 列"),
        ("7,2016-05-02 09:00,-,done,1,x,y", "", "列数不对：应有 6 列，实有 7 列"),
        ("7,2016-05-02 09:00,-,done,1,a\0b", "area", "含有无法识别的字符"),
        ("7,2016-05-02 09:00,-,done,1," + "x" * 200_000, "", "这一行太长或引号没有配对，无法读取"),
    ],
)
def test_bad_row_is_reported_and_the_rest_lands(
    write: Write, bring: Bring, kept: Kept, row: str, column: str, reason: str
) -> None:
    report = bring(write("1" + GOOD[1:], row, "3" + GOOD[1:]))
    assert report.errors == [RowError(3, column, reason)]
    assert (report.rows, report.created, report.rejected) == (3, 2, 1)
    assert kept.rows.keys() == {"1", "3"}


def test_row_tells_all_its_problems_at_once(write: Write, bring: Bring) -> None:
    report = bring(write("7,x,-,gone,old,y"))
    assert [error.column for error in report.errors] == ["start", "state", "age"]
    assert report.rejected == 1


def test_second_run_changes_nothing(write: Write, bring: Bring, kept: Kept) -> None:
    bring(write(GOOD))
    before = dict(kept.rows)
    report = bring(write(GOOD, "8" + GOOD[1:]))
    assert (report.created, report.unchanged) == (1, 1)
    assert kept.rows["7"] is before["7"]


def test_id_twice_in_a_file_is_taken_once(write: Write, bring: Bring) -> None:
    report = bring(write(GOOD, GOOD))
    assert report.errors == [RowError(3, "id", "与第 2 行重复")]
    assert report.created == 1


def test_dry_run_counts_and_saves_nothing(write: Write, bring: Bring, kept: Kept) -> None:
    report = bring(write(GOOD, "bad"), is_dry_run=True)
    assert (report.created, report.rejected, kept.rows) == (1, 1, {})
    assert report.as_text().startswith("试运行，未写入。")


def test_many_rows_land_in_batches(write: Write, bring: Bring, kept: Kept) -> None:
    report = bring(write(*(f"{n}{GOOD[1:]}" for n in range(2500))))
    assert (report.created, len(kept.rows)) == (2500, 2500)


def test_file_without_a_needed_column_is_refused(write: Write, bring: Bring) -> None:
    with pytest.raises(FileUnusable, match="age、area"):
        bring(write(header="id,start,arrived,state"))


def test_report_as_text_and_json(write: Write, bring: Bring) -> None:
    report = bring(write(*["7,x,-,done,1,y"] * 30))
    assert report.as_text().splitlines()[0] == "30 行：新增 0，已有 0，未导入 30"
    assert report.as_text().splitlines()[1] == "第 2 行 start：“x”不是可识别的时间"
    assert report.as_text().splitlines()[-1] == "……另有 10 处问题"
    assert report.as_json()["errors"][0] == {"line": 2, "column": "start", "reason": "“x”不是可识别的时间"}
