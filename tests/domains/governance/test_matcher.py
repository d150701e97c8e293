"""The matcher: what it promises of any clause, and how often it is right on the labels for tuning."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from liangyi.domains.governance.rules.bundled import bundled
from liangyi.domains.governance.rules.matching import (
    LEAST,
    MOST,
    current_index,
    index_of,
    proposals,
    proposals_of,
)
from liangyi.domains.governance.rules.matching.exhorting import is_exhortation
from liangyi.domains.governance.rules.matching.surroundings import near
from liangyi.domains.governance.rules.matching.synonyms import in_one_word
from liangyi.domains.governance.rules.matching.wordings import wordings
from liangyi.domains.governance.rules.reading import read
from liangyi.platform.controls import catalogue
from liangyi.platform.controls.catalogue import Control, Kind

from .measure_matching import figures, judged


@pytest.mark.parametrize(
    ("text", "path", "code"),
    [
        ("每月盘点药品库存，确保账物相符。", [], "supply.stock_count"),
        ("接到投诉后五个工作日内答复。", [], "feedback.complaint_deadline"),
        ("就诊前一天应短信提醒患者。", [], "scheduling.reminded"),
        ("候诊时间应每日统计。", ["三、候诊"], "scheduling.waiting_time"),
        ("应在规定期限内保存。", ["病历保管"], "records.retention"),
        ("医疗废物应分类收集。", [], "facilities.waste_sorting"),
        ("退费须说明原因，手续齐全并经审批。", [], "billing.refund_approval"),
    ],
)
def test_clause_finds_its_control(text: str, path: list[str], code: str) -> None:
    assert proposals(text, path)[0].control == code


@pytest.mark.parametrize("text", ["", "，。", "qwerty", "应。", "今晚的月亮很圆，海风吹过沙滩。", "a" * 5000])
def test_nothing_known_proposes_that_none_fits(text: str) -> None:
    found = proposals(text)
    assert found[0].control == ""
    assert found[0].score > 0.3


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("全体员工应始终将患者放在首位。", True),
        ("各部门应相互支持，共同努力。", True),
        ("患者在就诊时应主动配合医务人员。", True),
        ("应建立投诉台账，营造良好氛围。", False),
        ("患者到院应登记姓名。", False),
        ("每季度至少召开一次会议，不断优化流程。", False),
        ("不得泄露患者信息。", False),
    ],
)
def test_fine_words_without_an_act_are_told_apart(text: str, is_one: bool) -> None:
    assert is_exhortation(text) is is_one


@pytest.mark.parametrize("text", ["员工应始终以主人翁精神对待工作。", "各岗位须携手共进，相互理解。"])
def test_fine_words_propose_that_none_fits(text: str) -> None:
    assert proposals(text)[0].control == ""


def test_synonyms_find_the_same() -> None:
    one = proposals("病案应由大夫及时书写。")[0]
    assert one == proposals("病历应由医生及时书写。")[0]
    assert in_one_word("求美者与顾客") == "患者与患者"


def test_scores_are_shares_in_order_and_none_is_always_among_them() -> None:
    found = proposals("应建立员工档案，记录培训和考核情况。", ["二、人员管理"])
    scores = [one.score for one in found]
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score < 1 for score in scores)
    assert all(one.score >= LEAST for one in found if one.control)
    assert [one.control for one in found].count("") == 1
    assert len(found) <= MOST + 1


def test_titles_above_tell_what_a_short_clause_is_about() -> None:
    assert proposals("应做好记录。", ["六、投诉处理"])[0].control.startswith("feedback.complaint")
    assert proposals("应做好记录。", ["四、医疗废物管理"])[0].control.startswith("facilities.waste")


def test_rules_beside_it_tell_what_a_short_clause_is_about() -> None:
    alone, waste = "应保持密闭。", "医疗废物应分类收集，装入黄色垃圾袋。"
    assert not proposals(alone)[0].control.startswith("facilities.waste")
    assert proposals(alone, near=[(1, waste), (2, waste)])[0].control.startswith("facilities.waste")


def test_title_of_the_document_tells_too() -> None:
    text = "钥匙由两人分别保管。"
    assert proposals(text, title="麻醉药品管理制度")[0].control == "pharmacy.controlled_drugs"


def test_only_rules_beside_it_count_each_with_its_distance() -> None:
    clauses = read("投诉制度\n一、受理\n应登记投诉。\n应答复投诉人。\n投诉越来越多。\n不得推诿。\n").clauses
    places = {clause.text.strip(): place for place, clause in enumerate(clauses)}
    assert near(clauses, places["应答复投诉人。"]) == [(1, "应登记投诉。"), (2, "不得推诿。")]
    assert near(clauses, 0) == [(2, "应登记投诉。")]


def test_every_control_is_known_by_sentences_of_its_own() -> None:
    known = wordings()
    assert known.keys() == catalogue.controls().keys()
    said = [sentence for sentences in known.values() for sentence in sentences]
    assert min(map(len, known.values())) >= 5
    assert len(said) == len(set(said))


def test_sentences_find_the_control_they_are_of() -> None:
    """A sentence that finds another control is no evidence for its own."""
    said = [(code, sentence) for code, sentences in wordings().items() for sentence in sentences]
    right = [code in [one.control for one in proposals(sentence)[:3]] for code, sentence in said]
    assert sum(right) / len(right) > 0.97


def test_catalogue_is_data() -> None:
    tea = Control("kitchen.tea", Kind.RECORD, "茶水供应", "登记每日茶水供应。", words="茶叶 热水")
    index = index_of([*catalogue.controls().values(), tea])
    assert proposals("每日供应热水和茶叶。", index=index)[0].control == "kitchen.tea"
    assert proposals("每日供应热水。", index=index_of([]))[0].control == ""


def test_index_is_built_once_and_anew_when_the_catalogue_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    before = current_index()
    assert current_index() is before
    changed = dict(catalogue.controls())
    changed["kitchen.tea"] = Control(
        "kitchen.tea", Kind.RECORD, "茶水供应", "登记每日茶水供应。", words="茶叶"
    )
    monkeypatch.setattr(catalogue, "_controls", changed)
    assert proposals("每日供应茶水和茶叶。")[0].control == "kitchen.tea"


def test_labels_for_tuning_are_found_as_often_as_when_measured(policy_files: list[Path]) -> None:
    rows = list(judged(policy_files[0].parent, ["tune"]))
    first, three = figures(rows, 1), figures(rows, 3)
    assert first.precision >= 0.85
    assert first.recall >= 0.45
    assert three.recall >= 0.66
    assert three.hit >= 0.94


def test_clauses_of_the_bundled_policies_find_what_they_are_tied_to() -> None:
    right = [
        found[0].control in one.links[number]
        for one in bundled().values()
        for number, found in proposals_of(read(one.text)).items()
        if one.links.get(number)
    ]
    assert sum(right) / len(right) >= 0.88


def test_five_thousand_clauses_take_seconds() -> None:
    current_index()
    began = time.process_time()
    for number in range(1000):
        proposals(
            f"第{number}条 对客户投诉应及时受理、调查和处理，并在规定的时间内给予答复。", ["四、投诉处理"]
        )
    assert (time.process_time() - began) * 5 < 10
