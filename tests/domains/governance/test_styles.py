"""Policies written in other ways than the five."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from liangyi.domains.governance.rules.reading import read

LAW = """医疗美容服务管理办法
第一章 总则
第一条 为规范医疗美容服务，制定本办法。
第二条 本办法所称医疗美容，是指运用手术对人的容貌进行修复。
第二章 机构
第三条 申请举办美容医疗机构必须同时具备下列条件：
（一）具有承担民事责任的能力；
（二）有明确的诊疗服务范围。
第四条 未经批准，任何单位不得开展医疗美容服务。违反第三条规定的，依照第二十条处罚。
"""
DECIMAL = """1 范围
本规范适用于门诊手术室。
2 管理要求
2.1 人员
2.1.1 手术人员应穿戴专用衣裤。室温保持在22.5℃，湿度不低于40.5%。
2.1.2 手卫生
2.1.2.1 接触患者前后应洗手，不少于1.5分钟。
2.2 环境
2.2.1 每日清洁2次。
"""
CASES = {
    "laws": (LAW, ["p1", "1", "1.1", "1.2", "2", "2.3", "2.3.1", "2.3.2", "2.4", "2.4.p1"]),
    "decimals": (DECIMAL, ["1", "1.p1", "2", "2.1", "2.1.1", "2.1.1.p1", "2.1.2", "2.1.2.1", "2.2", "2.2.1"]),
    "decimals in one line": (
        "1、目的：规范退费。2、流程：2.1 前台2小时内登记；2.2 店长1个工作日内审批。",
        ["1", "1.p1", "2", "2.1", "2.2"],
    ),
    "circled": ("接诊时应做到：①核对姓名；②询问过敏史；③测量血压。", ["p1", "p1.1", "p1.2", "p1.3"]),
    "markdown": (
        "# 前台制度\n\n## 接待\n\n- 主动问好\n\n## 电话\n\n1. 记录来电",
        ["p1", "p1.p1", "p1.p1.p1", "p1.p2", "p1.p2.1"],
    ),
    "full width": ("一、管理\n（一）每日消毒。\n（二）每周检查。", ["1", "1.1", "1.2"]),
    "prose with numerals": (
        "一、统一、规范诊疗行为，一、二级医院均应执行。水温37.5℃，氯浓度1.5克/升。二、每位患者一人一机。",
        ["1", "1.p1", "2"],
    ),
    "ordinal words": ("应当：第一，建立制度；第二，落实责任。", ["p1", "p1.1", "p1.2"]),
    "list that starts again": ("1. 登记姓名。\n2. 核对证件。\n1. 归还证件。", ["1", "2", "1b"]),
    "one line": ("员工不得收受红包", ["p1"]),
    "a ban under a condition": ("患者未同意隐私告知的，不得预约。", ["p1"]),
    "a duty and a ban": ("医师应及时记录病程，不得涂改。", ["p1", "p2"]),
    "empty": ("", []),
    "blank": (" \n\t\n\u3000", []),
}


@pytest.mark.parametrize("style", CASES)
def test_numbering_of_a_style(style: str) -> None:
    text, numbers = CASES[style]
    assert [clause.number for clause in read(text).clauses] == numbers


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Staff must wash hands before each patient.", "obligation"),
        ("Do not reuse needles: 一次性针头不得重复使用。", "prohibition"),
        ("严禁在治疗室饮食。", "prohibition"),
        ("手术室每日消毒2次。", "obligation"),
        ("医師應於術前說明風險。", "obligation"),
        ("应用新技术带来了机遇。", "narrative"),
        ("应聘请独立的监督员。", "obligation"),
        ("应聘人员逐年增多。", "narrative"),
        ("医师应用通俗的语言说明风险。", "obligation"),
        ("应收取规定的费用。", "obligation"),
        ("患者的需求日益增长。", "narrative"),
        ("不可或缺的环节。", "narrative"),
        ("本规范所称不良事件，是指非预期的伤害。", "definition"),
        ("坚持以患者为中心的原则。", "principle"),
        ("接到投诉后2个工作日内答复。", "obligation"),
        ("未经培训不得上岗。", "prohibition"),
    ],
)
def test_kind_of_a_sentence(text: str, kind: str) -> None:
    assert [clause.kind.value for clause in read(text).clauses] == [kind]


def test_what_is_listed_under_a_ban_is_banned() -> None:
    reading = read("员工不得有下列行为：\n（一）收受红包；\n（二）泄露隐私。")
    assert {clause.kind.value for clause in reading.clauses} == {"prohibition"}


def test_table_row_stays_one_clause() -> None:
    reading = read("洗手\t应六步洗手。每次不少于40秒。\t5分\n戴帽\t应遮住头发\t5分")
    assert len(reading.clauses) == 2


def test_cells_on_lines_of_their_own_are_no_headings() -> None:
    kinds = [clause.kind.value for clause in read("检查表\n项目\n标准\n分值\n洗手\n六步\n5").clauses]
    assert kinds[1:].count("heading") == 0


CONTENTS = """目录
第一章 总则......1
第二章 接诊......3
第三章 附则......9
第一章 总则
为规范接诊，制定本制度。
第二章 接诊
应热情。
第三章 附则
本制度自发布之日起执行。"""


def test_dotted_contents_are_dropped_and_used() -> None:
    reading = read(CONTENTS)
    assert [entry.level for entry in reading.cleaned.contents] == [1, 1, 1]
    assert reading.clauses[1].path == ("第一章 总则",)
    assert "......" not in reading.cleaned.text


def test_clinics_own_hint_is_no_furniture() -> None:
    assert "温馨提示" in read("温馨提示\n术后24小时内不得洗脸。").cleaned.text


@pytest.mark.parametrize("text", ["是否合格?请说明。", "需要核对吗?", "Really? Yes."])
def test_real_question_is_not_broken(text: str) -> None:
    assert not any(clause.is_broken for clause in read(text).clauses)


@pytest.mark.parametrize(
    "text", ["确??蛻粼卺t疗中。", "监控?，现场巡查。", "并报当?shù)匦生部门。", "资料\ufffd保存。"]
)
def test_lost_letters_are_marked(text: str) -> None:
    assert any(clause.is_broken for clause in read(text).clauses)


def test_glosses_go_and_brackets_stay() -> None:
    cleaned = read("醫(yī)療(SOPs)應(yīng)按第(一)項(xiàng)(café)執(zhí)行(de)。").cleaned
    assert cleaned.text == "医疗(SOPs)应按第(一)项(café)执行(de)。"
    assert cleaned.glosses_removed == 4


PAGE = """某某门诊部制度
{}医师应当向患者说明手术的风险与可能的并发症并且由患者
本人签署知情同意书之后方可安排{}的时间与手术室并通知护士
做好{}准备。
第{} 页 共 3 页"""


def test_printed_pages_are_joined() -> None:
    pages = [
        PAGE.format(*words)
        for words in (("术前", "甲", "乙", 1), ("术中", "丙", "丁", 2), ("术后", "戊", "己", 3))
    ]
    reading = read("\f".join(pages))
    assert "某某门诊部制度" not in reading.cleaned.text
    assert reading.cleaned.text.count("由患者本人签署") == 3


def test_million_bytes_are_read_in_seconds() -> None:
    text = "（一）设备应每日检查，发现故障2小时内上报；不得带病使用。\n" * 12_000
    start = time.perf_counter()
    reading = read(text)
    assert len(text.encode()) > 1_000_000
    assert len(reading.clauses) >= 24_000
    assert time.perf_counter() - start < 60


_WORDS = (
    "一、 （一） 1. 2. 1.1 (1) ① - 第一章 第一条 第一， 总则 目的 管理 应当 不得 建立制度 "
    "： 。 ； ， ?? ( ） “ 37.5 # 患者 Staff"
)
_PIECES = st.sampled_from([*_WORDS.split(), "\n", "\t", " "])


@settings(max_examples=300, deadline=None)
@given(st.lists(_PIECES, max_size=60).map("".join))
def test_no_letter_is_lost_or_doubled_in_made_up_policies(text: str) -> None:
    reading = read(text)
    numbers = [clause.number for clause in reading.clauses]
    assert "".join(clause.text for clause in reading.clauses) == reading.cleaned.text
    assert len(set(numbers)) == len(numbers)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_no_letter_is_lost_in_any_text(text: str) -> None:
    reading = read(text)
    assert "".join(clause.text for clause in reading.clauses) == reading.cleaned.text


def test_decimals_without_their_parent_keep_what_is_printed() -> None:
    text = "1.1 目的\n规范收费。\n1.2 范围\n1.2.1 不含财务部。\n2.1 收费员应当日结账。\n2.2 退费须双人签字。"
    numbers = [clause.number for clause in read(text).clauses]
    assert numbers == ["1.1", "1.1.p1", "1.2", "1.2.1", "2.1", "2.2"]


def test_signature_and_date_are_neither_headings_nor_broken_off() -> None:
    clauses = read("洗手制度\n（2024年修订）\n员工应洗手。\n某某门诊部\n2024年4月20日").clauses
    assert [clause.kind.value for clause in clauses[1:2] + clauses[3:]] == ["narrative"] * 3
    assert not clauses[-1].is_incomplete


def test_bare_things_behind_a_colon_stay_one_duty() -> None:
    clauses = read("门诊病历应包括：姓名、年龄；主诉；现病史；诊断。\n病历须当日完成。").clauses
    assert [clause.text.strip()[-3:] for clause in clauses] == ["诊断。", "完成。"]


def test_markers_right_behind_one_another_both_count() -> None:
    numbers = [
        clause.number for clause in read("三、（一）麻醉前应核查身份。（二）手术前应核查部位。").clauses
    ]
    assert numbers == ["3", "3.1", "3.2"]


def test_rest_of_a_few_letters_belongs_to_the_line_above() -> None:
    text = "候诊须知\n1. 家属只许一人陪同进入诊室，其余家属在大厅等候，并请保持安\n静。\n2. 请勿吸烟。"
    assert read(text).cleaned.text.split("\n")[1].endswith("安静。")


def test_title_behind_a_sentence_heads_the_list_that_begins_again() -> None:
    text = "1、进门先登记。2、填写问卷。离院前的检查1、核对药品。2、告知复诊日期。"
    clauses = read(text).clauses
    assert [clause.number for clause in clauses] == ["1", "2", "p1", "p1.1", "p1.2"]
    assert clauses[-1].path == ("离院前的检查",)


def test_title_in_heavy_brackets_heads_the_list_beneath_it() -> None:
    clauses = read("(一)每班清点。Р(二)用后补齐。Р【应急演练】Р(一)每年两次。Р(二)留照片。").clauses
    assert [clause.path for clause in clauses[-2:]] == [("【应急演练】",)] * 2
    assert clauses[1].text.strip() == "(二)用后补齐。"


def test_page_numbers_in_running_text_go() -> None:
    whole = "".join(
        f"第{number}条 随访员应在术后第{digit}天致电顾客，" + "询问疼痛、肿胀、" * 20 + "并逐项登记。"
        for number, digit in zip("一二三", "123", strict=True)
    )
    middle = len(whole) // 2
    text = f"1、{whole[:middle]}\n2、{whole[middle:]}"
    assert [clause.number for clause in read(text).clauses] == ["1", "2", "3"]
