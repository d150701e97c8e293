"""The working-day calendar: years known, a file looked at first, then loaded."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from liangyi_test_clinic import Clinic

from liangyi.platform.worklist.calendar import is_working_day
from liangyi.platform.worklist.models import CalendarDay

PAGE = "/settings/calendar/working-days/"
LOAD = PAGE + "load/"
TABLE = "day,is_working,name\n2031-10-01,休,国庆节\n2031-10-04,班,调休\n2026-10-01,休,国庆节\n"


@pytest.fixture
def director(browser: Callable[..., Client], clinic: Clinic) -> Client:
    return browser("director")


def csv(content: str | bytes) -> SimpleUploadedFile:
    data = content.encode() if isinstance(content, str) else content
    return SimpleUploadedFile("2031.csv", data, content_type="text/csv")


def test_years_say_where_their_holidays_are_known_from(director: Client) -> None:
    page = director.get(PAGE)
    years = {row.year: str(row.source) for row in page.context["years"]}
    assert years[2026] == "内置日历"
    assert years[2028] == "只有周末，还没有节假日安排"
    assert "这一年没有自己的安排" in page.text
    assert LOAD in page.text


def test_file_is_looked_at_before_it_is_loaded(director: Client) -> None:
    looked = director.post(LOAD, {"file": csv(TABLE), "source": "国办发明电〔2030〕7 号"})
    assert [(one.row.day, one.was, one.is_changed) for one in looked.context["changes"]] == [
        (date(2026, 10, 1), False, False),
        (date(2031, 10, 1), True, True),
        (date(2031, 10, 4), False, True),
    ]
    assert not CalendarDay.objects.exists()
    sent = {"content": looked.context["content"], "source": "国办发明电〔2030〕7 号", "_confirm": "1"}
    assert director.post(LOAD, sent).url == PAGE
    assert not is_working_day(date(2031, 10, 1))
    assert CalendarDay.objects.get(day=date(2031, 10, 4)).source == "国办发明电〔2030〕7 号"
    page = director.get(PAGE, {"year": "2031"})
    assert "国庆节" in page.text
    assert "与内置日历相同" not in page.text
    assert {row.year for row in page.context["years"]} >= {2025, 2026, 2028, 2031}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("tag\n", "第一行要写列名"),
        ("day,is_working\n2031-13-01,班\n", "第 2 行读不懂"),
        (b"\xff\xfe\x00", "UTF-8"),
        ("x" * 70_000, "64 KB"),
    ],
)
def test_file_that_cannot_be_read_says_why(director: Client, content: str | bytes, words: str) -> None:
    answer = director.post(LOAD, {"file": csv(content)})
    assert answer.status_code == 422
    assert words in answer.text
    assert not CalendarDay.objects.exists()


def test_nothing_chosen_says_so(director: Client) -> None:
    assert "请选择文件" in director.get(LOAD).text + director.post(LOAD, {}).text


def test_quality_may_look_but_not_load(browser: Callable[..., Client], clinic: Clinic) -> None:
    quality = browser("quality")
    assert LOAD not in quality.get(PAGE).text
    assert quality.post(LOAD, {"content": TABLE, "_confirm": "1"}).status_code == 403
    assert not CalendarDay.objects.exists()
