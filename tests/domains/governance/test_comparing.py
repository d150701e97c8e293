from __future__ import annotations

import time

from liangyi.domains.governance.rules.comparing import Change, compare

OLD = ["一、投诉处理\n", "接到投诉后5个工作日内答复。", "应做好记录。", "每日消毒两次治疗室。"]


def test_same_text_is_unchanged_although_renumbered() -> None:
    new = ["二、投诉处理\n", *OLD[1:]]
    assert {pair.change for pair in compare(OLD, new)} == {Change.UNCHANGED}


def test_changed_number_is_a_change_not_new_and_gone() -> None:
    new = [OLD[0], "接到投诉后3个工作日内答复。", *OLD[2:]]
    changes = [(pair.change, pair.old, pair.new) for pair in compare(OLD, new)]
    assert changes[1] == (Change.CHANGED, 1, 1)


def test_new_gone_and_moved_are_told_apart() -> None:
    new = [OLD[3], OLD[0], OLD[2], "新员工须签署保密协议。"]
    found = {(pair.change.value, pair.old, pair.new) for pair in compare(OLD, new)}
    assert found == {
        ("moved", 3, 0),
        ("unchanged", 0, 1),
        ("unchanged", 2, 2),
        ("new", None, 3),
        ("gone", 1, None),
    }


def test_equal_clauses_are_each_paired_once() -> None:
    pairs = compare(["应记录。"] * 3, ["应记录。"] * 2)
    assert sorted(pair.change.value for pair in pairs) == ["gone", "unchanged", "unchanged"]


def test_nothing_against_something() -> None:
    assert [pair.change for pair in compare([], ["应记录。"])] == [Change.NEW]
    assert [pair.change for pair in compare(["应记录。"], [])] == [Change.GONE]
    assert compare([], []) == []


def test_five_thousand_clauses_are_compared_in_seconds() -> None:
    old = [
        f"第{number}号设备应由{number * 7}号技师每{number % 30 + 1}日校准并记录。" for number in range(5000)
    ]
    new = [text.replace("校准", "检定") if at % 3 else text for at, text in enumerate(old)]
    start = time.perf_counter()
    pairs = compare(old, new)
    assert sum(pair.change is Change.CHANGED for pair in pairs) == 3333
    assert all(pair.old == pair.new for pair in pairs)
    assert time.perf_counter() - start < 30
