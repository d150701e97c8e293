"""Which line is the policy's name, and where it is set apart from its text."""

from __future__ import annotations

import pytest

from liangyi.domains.governance.rules.reading import read

ITEM = "一、进门先核对姓名。"


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        ("候诊管理制度\n" + ITEM, "候诊管理制度"),
        ("# 候诊管理制度\n" + ITEM, "候诊管理制度"),
        ("某某门诊部\n候诊管理制度(试行)\n" + ITEM, "候诊管理制度(试行)"),
        ("候诊管理制度(精选5篇)\n" + ITEM, "候诊管理制度"),
        ("第1篇 候诊管理制度4\n" + ITEM, "候诊管理制度"),
        ("关于印发《候诊管理制度》的通知\n" + ITEM, "候诊管理制度"),
        ("候诊管理制度一、进门先核对姓名。二、不得插队。", "候诊管理制度"),
        ("候诊须知第一条 为规范候诊，制定本须知。", "候诊须知"),
        ("候诊管理办法根据本院实际制定。\n" + ITEM, "候诊管理办法"),
        ("首页 > 制度 > 正文\n候诊管理制度\n2021-02-03 04:05:06 浏览：7\n" + ITEM, "候诊管理制度"),
        (ITEM + "\n二、候诊管理制度", ""),
        ("候诊时请安静。\n前台职责", ""),
        ("候诊管理制度是门诊秩序的基础。", ""),
        ("第二条 候诊者应当安静。", ""),
    ],
)
def test_name_of_a_policy(lines: str, name: str) -> None:
    assert read(lines).cleaned.title == name


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ("候诊制度\n候诊制度\n" + ITEM, ["候诊制度", ITEM]),
        ("候诊制度\n候诊制度(通用3篇)\n候诊制度【篇1】\n" + ITEM, ["候诊制度", ITEM]),
        ("候诊制度\n候诊制度(范本2篇)候诊制度1" + ITEM, ["候诊制度", ITEM]),
        ("候诊制度\n候诊制度为规范秩序而定。\n" + ITEM, ["候诊制度", "为规范秩序而定。", ITEM]),
        ("候诊制度\n候诊制度是秩序的基础。\n" + ITEM, ["候诊制度", "候诊制度是秩序的基础。", ITEM]),
        ("候诊制度\n候诊制度由前台解释。\n" + ITEM, ["候诊制度", "候诊制度由前台解释。", ITEM]),
        (
            "候诊制度篇11、不得插队。候诊制度篇21、请安静。",
            ["候诊制度", "1、不得插队。", "候诊制度篇2", "1、请安静。"],
        ),
        (
            "候诊制度\n" + ITEM + "\n候诊制度 2\n一、请安静。",
            ["候诊制度", ITEM, "候诊制度 2", "一、请安静。"],
        ),
        ("第1篇 候诊制度\n候诊制度(四)\n" + ITEM, ["第1篇 候诊制度", "候诊制度(四)", ITEM]),
        (
            "候诊制度\n" + ITEM + "\n接诊制度(二)为了安静而定。",
            ["候诊制度", ITEM, "接诊制度(二)", "为了安静而定。"],
        ),
        ("候诊制度\n" + ITEM + "候诊制度篇2(略)...", ["候诊制度", ITEM]),
    ],
)
def test_name_is_said_once(lines: str, expected: list[str]) -> None:
    assert read(lines).cleaned.text.split("\n") == expected


def test_names_that_head_parts_of_a_collection_stay() -> None:
    text = f"制度汇编\n候诊制度\n收费制度\n候诊制度\n{ITEM}\n收费制度\n一、先交费。\n候诊制度\n一、请安静。"
    assert read(text).cleaned.text == text


def test_second_sample_stands_above_its_own_items() -> None:
    clauses = read("候诊制度\n一、登记\n1、核对姓名。\n候诊制度 2\n一、请安静。").clauses
    assert clauses[-2].path == ()
    assert clauses[-1].path == ("候诊制度 2",)


def test_table_at_the_head_goes_and_the_name_in_it_stays() -> None:
    text = (
        "候诊制度文件编号:QM-03第1页共2页\n编制:护理部 审核:院办 修订日期:2022年5月\n启用日期:2022年6月\n"
        + ITEM
    )
    assert read(text).cleaned.text == "候诊制度\n" + ITEM


@pytest.mark.parametrize(
    "line", ["审核：由院长签字。", "审核:医务科", "批准人须在场。", "编号：每件器械一个，不得重复。"]
)
def test_rule_that_begins_like_the_table_stays(line: str) -> None:
    assert line in read("候诊制度\n" + line + "\n" + ITEM).cleaned.text
    assert "启用日期:2022年6月" in read(ITEM + "\n启用日期:2022年6月").cleaned.text
