"""Numbers of unusual shape, titles without a mark, and what stands under what."""

from __future__ import annotations

import pytest

from liangyi.domains.governance.rules.reading import read


def _numbers(text: str) -> list[str]:
    return [clause.number for clause in read(text).clauses]


def _texts(text: str) -> list[str]:
    return [clause.text.strip() for clause in read(text).clauses]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("⒈先登记。\n⒉再问诊：\n⑴问过敏史。\n⑵问用药史。\n⒊签名。", ["1", "2", "2.1", "2.2", "3"]),
        ("㈠先登记。\n㈡再问诊。", ["1", "2"]),
        ("1、仪表：\n(l)衣着整洁。\n(2)佩戴胸牌。", ["1", "1.1", "1.2"]),
        ("(k)登记。\n(l)签名。", ["11", "12"]),
        ("一、接电话。\n二：记来意。\n三、回电。", ["1", "2", "3"]),
        ("三：不是编号。", ["p1"]),
        ("三、一名护士看护两位患者。", ["3"]),
        ("一、登记。\n二、一名护士看护两位患者。", ["1", "2"]),
        ("二、三级手术须讨论。", ["p1"]),
        ("规定如下：一是先登记；二是再问诊；三是签名。", ["p1", "p1.1", "p1.2", "p1.3"]),
        ("这一是为了安全。", ["p1"]),
        ("一是一，二是二。", ["p1"]),
        ("01接待须热情。02问诊须仔细。03告别须提醒。", ["1", "2", "3"]),
        ("01诊室每日消毒。02号柜上锁。", ["p1", "p2"]),
        ("二、准入条件1. 有证。2. 有经验。", ["2", "2.1", "2.2"]),
        ("1.甲级率≥90%（去年87%）2.签署率100%（去年99%）3.核查率100%", ["1", "2", "3"]),
    ],
)
def test_numbers_of_unusual_shape(text: str, numbers: list[str]) -> None:
    assert _numbers(text) == numbers


@pytest.mark.parametrize(
    ("text", "texts"),
    [
        ("1. 早班7:30—15:30，晚班15:30—22:00。", ["1. 早班7:30—15:30，晚班15:30—22:00。"]),
        ("【第1篇：前台职责】\n接电话。", ["【第1篇：前台职责】", "接电话。"]),
        ("(2)每位患者一式两份：一份归档，一份带走。", ["(2)每位患者一式两份：一份归档，一份带走。"]),
        ("1、术前：签同意书。", ["1、术前：", "签同意书。"]),
        ("第一篇：接待守则\n1、请微笑。", ["第一篇：接待守则", "1、请微笑。"]),
        ("二、适用范围医生护士、药师及前台。", ["二、适用范围", "医生护士、药师及前台。"]),
        ("二、适用范围内的人员须遵守。", ["二、适用范围内的人员须遵守。"]),
        ("以下时刻须洗手：进门前；清洁操作前；离开后。", ["以下时刻须洗手：进门前；清洁操作前；离开后。"]),
        ("1.1 空气净化 每日开窗两次，每次半小时。", ["1.1 空气净化", "每日开窗两次，每次半小时。"]),
        ("1.1 护理人员 应当每日开窗两次。", ["1.1 护理人员 应当每日开窗两次。"]),
        ("1.1 空气 净化 每日开窗，每次半小 时。", ["1.1 空气 净化 每日开窗，每次半小 时。"]),
        ("一、总则为规范接诊，制定本办法。", ["一、总则", "为规范接诊，制定本办法。"]),
        ("第二条范围凡接诊人员均须遵守。", ["第二条范围", "凡接诊人员均须遵守。"]),
        ("一、目的地应写清楚。", ["一、目的地应写清楚。"]),
        ("7、合格率≥95%\n7.1 每月统计。", ["7、合格率≥95%", "7.1 每月统计。"]),
    ],
)
def test_title_and_text_are_parted_where_the_language_says_so(text: str, texts: list[str]) -> None:
    assert _texts(text) == texts


@pytest.mark.parametrize(
    "item",
    [
        "等候时间控制在十分钟以内，超时须说明。",
        "注射类预约必须先面诊再排期。",
        "未经培训或考核不合格的不得上岗。",
        "门窗防护厚度应达到标准。",
        "设备每年检测一次，结果存档。",
        "手术前一日由护士致电，确认到院时间。",
    ],
)
def test_subject_of_a_sentence_is_no_title(item: str) -> None:
    crowded = f"1、登记。2、{item}3、签名。4、归档。"
    assert f"2、{item}" in "".join(_texts(crowded)[1:3])
    assert read(crowded).clauses[1].kind != "heading"


def test_line_after_a_comma_or_a_semicolon_goes_on() -> None:
    assert _texts("第一条 投诉由客服受理，\n并当日登记。") == ["第一条 投诉由客服受理，并当日登记。"]
    assert _numbers("1、当日登记；\n有争议的报院长。\n2、存档。") == ["1", "1.p1", "2"]


def test_full_lines_are_joined_beside_a_line_of_another_width() -> None:
    lines = ["本门诊候诊办法及其附则说明与各岗位分工对照（二零二四年三月修订版本，供全体员工学习）"]
    lines += [
        "1、候诊顾客由导诊护士按先后顺序引导到指定座位并",
        "提供饮水。",
        "2、每半小时巡视一次候诊区，发现不适者马上告知值",
    ]
    lines += [
        "班医师。",
        "3、候诊区内保持安静整洁，不许吸烟，不许大声喧哗",
        "吵闹。",
        "4、离开时提醒随身物品，遗失物品交前台登记并且妥",
        "善保管。",
    ]
    lines += ["5、存档。", "6、公示。"]
    assert read("\n".join(lines)).cleaned.text.count("\n") == 6


def test_heading_stands_above_the_list_that_begins_again() -> None:
    clauses = read("一、接电话。\n二、回电。\n每日重点\n一、开门前\n1、通风。\n二、关门后\n1、断电。").clauses
    assert [clause.path for clause in clauses if clause.text.startswith("1、")] == [
        ("每日重点", "一、开门前"),
        ("每日重点", "二、关门后"),
    ]


def test_chapters_stand_above_articles_that_count_on() -> None:
    text = "第一条 为安全而定。\n二、人员第二条 护士两名。\n第三条 医师一名。\n三、使用第四条 先试机。"
    paths = [clause.path for clause in read(text).clauses]
    assert paths == [(), (), ("二、人员",), ("二、人员",), (), ("三、使用",)]


def test_list_counts_on_under_decimals() -> None:
    text = "2.指标：\n2.1.医疗：\n1.病历好。\n2.签署率高。\n3.差错少。\n2.2.护理：\n4.核对。\n3.组织：开会。"
    assert _numbers(text) == ["2", "2.1", "2.1.1", "2.1.2", "2.1.3", "2.2", "2.2.4", "3", "3.p1"]


def test_last_item_that_breaks_off_is_no_title() -> None:
    clauses = read("一、每周盘点一次。\n二、每年三月底以前向卫生部门提交上一").clauses
    assert clauses[-1].kind != "heading"
    assert clauses[-1].is_incomplete


def test_label_alone_on_its_line_is_a_title() -> None:
    clauses = read("候诊制度\n内容：\n1、登记。\n回访办法：\n1、致电。").clauses
    assert [clause.kind.value for clause in clauses[:2]] == ["heading"] * 2
    assert clauses[2].path == ("内容",)
    assert clauses[-1].path == ("回访办法",)
