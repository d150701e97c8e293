from __future__ import annotations

from decimal import Decimal

import pytest

from liangyi.domains.governance.rules.numbers import decimal_of
from liangyi.domains.governance.rules.parameters import numbers_in, offers
from liangyi.platform.controls.catalogue import Control, Kind, Parameter


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("接到投诉后5个工作日内答复", [("5", "工作日", "")]),
        ("应在 5 个工作日内答复", [("5", "工作日", "")]),
        ("五个工作日内", [("5", "工作日", "")]),
        ("二十四小时内上报", [("24", "小时", "")]),
        ("满意度不低于百分之九十五", [("95", "%", "")]),
        ("达到95％以上", [("95", "%", "")]),
        ("九成以上", [("90", "%", "")]),
        ("95%-98%", [("95", "%", "low"), ("98", "%", "high")]),
        ("百分之八十至九十", [("80", "%", "low"), ("90", "%", "high")]),
        ("3-5个工作日", [("3", "工作日", "low"), ("5", "工作日", "high")]),
        ("三至五天", [("3", "天", "low"), ("5", "天", "high")]),
        ("温度2℃～8℃", [("2", "℃", "low"), ("8", "℃", "high")]),
        ("体温超过37.5℃", [("37.5", "℃", "")]),
        ("半小时内", [("30", "分钟", "")]),
        ("一个半小时", [("90", "分钟", "")]),
        ("2.5小时", [("150", "分钟", "")]),
        ("半年内", [("6", "月", "")]),
        ("三个月内", [("3", "月", "")]),
        ("未满十八岁", [("18", "岁", "")]),
        ("18周岁以下", [("18", "岁", "")]),
        ("费用超过10万元", [("100000", "元", "")]),
        ("1,000元", [("1000", "元", "")]),
        ("保存不少于15年", [("15", "年", "")]),
        ("不少于两人", [("2", "人", "")]),
        ("每季度检查", [("1", "季", "every")]),
        ("每年至少进行一次全面的质量评估", [("1", "年", "every")]),
        ("每半年", [("6", "月", "every")]),
        ("每6个月", [("6", "月", "every")]),
        ("每两年一次", [("2", "年", "every")]),
        ("一年两次", [("2", "次/年", "every")]),
        ("每年不少于2次", [("2", "次/年", "every")]),
        ("每人每年不少于25学时", [("1", "年", "every"), ("25", "学时", "")]),
        ("30 min", [("30", "分钟", "")]),
    ],
)
def test_numbers_are_found(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert [(str(number.value), number.unit, number.role) for number in numbers_in(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "第三次",
        "第十二条",
        "一次性用品",
        "一人一档",
        "2024年5月1日起",
        "四查十对",
        "二级以上医院",
        "1.2 目的",
        "成立小组",
        "每次使用后",
        "一律登记",
        "同一天",
        "三方核查",
        "每班次",
        "",
    ],
)
def test_what_only_looks_like_a_number_is_none(text: str) -> None:
    assert numbers_in(text) == []


def test_span_is_where_the_number_stands() -> None:
    text = "应在收到后的二十四小时内上报"
    (number,) = numbers_in(text)
    assert text[slice(*number.span)] == "二十四小时"


@pytest.mark.parametrize(
    ("numeral", "value"),
    [
        ("两百五十", "250"),
        ("一万二千", "12000"),
        ("三点五", "3.5"),
        ("1,234.50", "1234.50"),
        ("零", "0"),
        ("半", "0.5"),
    ],
)
def test_numerals_are_read(numeral: str, value: str) -> None:
    assert decimal_of(numeral) == Decimal(value)


def _control(unit: str, title: str = "期限", name: str = "value", **more: object) -> Control:
    kind = str(more.pop("kind", "integer"))
    parameter = Parameter(name, kind, 1, unit, title, **more)  # type: ignore[arg-type]
    return Control("test.offers", Kind.WATCH, "", "", parameters=(parameter,))


@pytest.mark.parametrize(
    ("control", "text", "values"),
    [
        (_control("个工作日"), "五个工作日内答复", [5]),
        (_control("工作日"), "5日内答复", []),
        (_control("天"), "提前三个月提醒", [90]),
        (_control("天"), "两周内", [14]),
        (_control("小时"), "提前一天提醒", [24]),
        (_control("小时"), "20分钟内", []),
        (_control("小时", kind="decimal"), "15分钟内", [Decimal("0.25")]),
        (_control("%"), "不低于百分之九十五", [95]),
        (_control("岁"), "未满十六周岁", [16]),
        (_control("天", stricter="lower"), "3至5天内", [5]),
        (_control("天", stricter="higher"), "提前3至5天", [3]),
        (_control("天", lowest=1, highest=30), "40天内", []),
        (_control("天"), "每日检查，3天内处理", [3]),
        (_control("个月", "检查周期"), "每季度检查", [3]),
        (_control("个月", "检查周期"), "每年检查两次", [6]),
        (_control("次", "每年次数"), "每年检查两次", [2]),
        (_control("次/年", "频次"), "每年至少一次", [1]),
        (_control("天", kind="text"), "3天内", []),
    ],
)
def test_numbers_are_offered_where_unit_kind_and_bounds_fit(
    control: Control, text: str, values: list[object]
) -> None:
    assert [offer.value for offer in offers(control, text)] == values


def test_one_value_is_offered_once() -> None:
    assert len(offers(_control("天"), "3天内答复，三天内回访")) == 1
