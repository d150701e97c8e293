"""The five real documents, against what was counted in them by hand."""

from __future__ import annotations

import pytest

from liangyi.domains.governance.rules.reading import Reading
from liangyi.domains.governance.rules.reading.broken import broken_spots

ALL = ("000", "001", "002", "003", "004")


@pytest.mark.parametrize("name", ALL)
def test_clauses_joined_give_the_cleaned_text_back(readings: dict[str, Reading], name: str) -> None:
    reading = readings[name]
    assert "".join(clause.text for clause in reading.clauses) == reading.cleaned.text
    assert all(clause.text for clause in reading.clauses)


@pytest.mark.parametrize("name", ALL)
def test_numbers_are_unique(readings: dict[str, Reading], name: str) -> None:
    numbers = [clause.number for clause in readings[name].clauses]
    assert len(set(numbers)) == len(numbers)


@pytest.mark.parametrize(
    ("name", "glosses"), [("000", 0), ("001", 271), ("002", 184), ("003", 1372), ("004", 180)]
)
def test_glosses_are_all_removed(readings: dict[str, Reading], name: str, glosses: int) -> None:
    assert readings[name].cleaned.glosses_removed == glosses


@pytest.mark.parametrize("name", ALL)
def test_nothing_of_the_site_is_left(readings: dict[str, Reading], name: str) -> None:
    text = readings[name].cleaned.text
    for word in (
        "本站",
        "人人文库",
        "提交评论",
        "第1页",
        "继续免费阅读",
        "最新文档",
        "文档简介",
        "单招",
        "PAGE",
    ):
        assert word not in text


@pytest.mark.parametrize(
    ("name", "broken", "spots"),
    [("000", 0, 0), ("001", 6, 7), ("002", 1, 1), ("003", 6, 8), ("004", 5, 5)],
)
def test_broken_spots_are_marked(readings: dict[str, Reading], name: str, broken: int, spots: int) -> None:
    marked = [clause for clause in readings[name].clauses if clause.is_broken]
    assert len(marked) == broken
    assert len(list(broken_spots(readings[name].cleaned.text))) == spots


@pytest.mark.parametrize("name", ["001", "002", "003", "004"])
def test_last_clause_breaks_off(readings: dict[str, Reading], name: str) -> None:
    flags = [clause.is_incomplete for clause in readings[name].clauses]
    assert flags[-1]
    assert sum(flags) == 1


def test_whole_document_does_not_break_off(readings: dict[str, Reading]) -> None:
    assert not any(clause.is_incomplete for clause in readings["000"].clauses)


def test_contents_rebuild_the_tree_and_are_gone(readings: dict[str, Reading]) -> None:
    reading = readings["003"]
    titles = [entry.title for entry in reading.cleaned.contents]
    headings = [clause.text.strip() for clause in reading.clauses if clause.kind == "heading"]
    not_found = [title for title in titles if title not in headings]
    assert len(titles) == 35
    assert not_found == ["提出持续改进措施和策略调整的建议", "展望未来医疗服务质量的发展方向和趋势"]
    assert not any(title in reading.cleaned.text for title in not_found)  # the document ends before them
    assert reading.cleaned.text.count("探讨问题产生的原因") == 1
    deep = next(clause for clause in reading.clauses if clause.text == "一、服务效率")
    assert deep.path == ("二、当前医疗服务质量现状分析", "概述当前医疗服务质量的基本情况")


@pytest.mark.parametrize(
    ("name", "number", "title"),
    [
        ("001", "1.3", "3.基本原则"),
        ("001", "5.1", "1.广告宣传管理"),
        ("002", "2.4", "(四)病历书写与管理"),
        ("004", "1.3.1", "1.以患者为中心原则"),
        ("004", "2.1.2", "2.患者就医中"),
        ("004", "6.3.3", "3.远程医疗服务"),
    ],
)
def test_title_glued_to_text_stands_alone(
    readings: dict[str, Reading], name: str, number: str, title: str
) -> None:
    clause = next(clause for clause in readings[name].clauses if clause.number == number)
    assert (clause.text, clause.kind) == (title, "heading")


@pytest.mark.parametrize(
    ("name", "words", "kind"),
    [
        ("001", "新入职人员应进行岗前培训", "obligation"),
        ("001", "不得超范围经营", "prohibition"),
        ("001", "不得泄露客户的个人信息", "prohibition"),
        ("002", "不得涂改", "prohibition"),
        ("002", "建立多种预约挂号渠道", "obligation"),
        ("002", "本制度适用于", "definition"),
        ("002", "运用现代管理理念", "principle"),
        ("000", "是指整形医院", "definition"),
        ("003", "任何医疗服务环节的疏漏", "narrative"),
        ("003", "这种差异不仅体现", "narrative"),
    ],
)
def test_kinds_are_told_apart(readings: dict[str, Reading], name: str, words: str, kind: str) -> None:
    clause = next(clause for clause in readings[name].clauses if words in clause.text)
    assert clause.kind == kind


def test_paragraph_of_many_obligations_becomes_one_each(readings: dict[str, Reading]) -> None:
    under = [clause for clause in readings["004"].clauses if clause.path[-1:] == ("2.投诉处理流程",)]
    assert len(under) == 5
    assert {clause.kind.value for clause in under} == {"obligation"}
