from __future__ import annotations

from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from liangyi.domains.governance.rules.matching.coverage import (
    Coverage,
    coverage_of,
    first_label,
    first_proposals,
)
from liangyi.domains.governance.rules.reading import read
from liangyi.platform.controls.catalogue import controls

TEXT = (
    "接诊制度\n一、预约\n前台应在就诊前24小时提醒患者。\n不得安排证照过期的医生出诊。\n近年来行业发展很快。\n"
)
LABELS = (
    "file,number,controls\npolicy.txt,1.p1,scheduling.reminded\npolicy.txt,1.p2,none\npolicy.txt,9.p9,none\n"
)


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    file = tmp_path / "policy.txt"
    file.write_text(TEXT, encoding="utf-8")
    return file


def test_coverage_tells_built_planned_and_nothing_apart() -> None:
    planned = next(code for code, control in controls().items() if control.planned)
    found = coverage_of(["scheduling.reminded", planned, "", "no.such"])
    assert (found, found.total) == (Coverage(built=1, planned=1, nothing=2), 4)


def test_only_obligations_and_prohibitions_are_counted() -> None:
    found = first_proposals(read(TEXT))
    assert (len(found), found[0]) == (2, "scheduling.reminded")


@pytest.mark.parametrize(("words", "code"), [("a.b c.d", "a.b"), ("none", ""), ("", "")])
def test_first_label_is_the_one_that_counts(words: str, code: str) -> None:
    assert first_label(words) == code


def test_command_prints_kinds_and_shares(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("policy_figures", policy)
    out = capsys.readouterr().out
    assert "| policy.txt | 2 | 2 (100%) | 0 | 0 |" in out
    assert "合计" in out
    assert "按标注" not in out


def test_command_judges_by_labels_that_are_there(policy: Path, capsys: pytest.CaptureFixture[str]) -> None:
    labels = policy.with_name("labels.csv")
    labels.write_text(LABELS, encoding="utf-8")
    call_command("policy_figures", policy, labels=labels)
    assert "| policy.txt | 2 | 1 (50%) | 0 | 1 (50%) |" in capsys.readouterr().out


@pytest.mark.parametrize("content", ["", "file,number\npolicy.txt,1.p1\n"])
def test_command_says_what_it_cannot_read(policy: Path, content: str) -> None:
    labels = policy.with_name("labels.csv")
    if content:
        labels.write_text(content, encoding="utf-8")
    with pytest.raises(CommandError):
        call_command("policy_figures", policy, labels=labels)
