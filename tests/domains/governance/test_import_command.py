from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from liangyi.domains.governance.models import Policy, PolicyVersion

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path: Path) -> Path:
    found = tmp_path / "投诉.txt"
    found.write_text("投诉制度\n一、受理\n(一)接到投诉后应记录，不得推诿。\n", encoding="utf-8")
    return found


def _run(*arguments: object) -> str:
    out = StringIO()
    call_command("import_policy", *[str(argument) for argument in arguments], stdout=out)
    return out.getvalue()


def test_json_has_exactly_the_promised_shape(file: Path) -> None:
    found = json.loads(_run(file, "--json", "--dry-run"))
    for clause in found["documents"][0]["clauses"]:
        controls = clause.pop("controls")
        assert all(set(one) == {"code", "score"} for one in controls)
        assert controls == [] or clause["kind"] in ("obligation", "prohibition")
    assert found == {
        "documents": [
            {
                "file": "投诉.txt",
                "title": "投诉制度",
                "clauses": [
                    {"number": "p1", "path": [], "text": "投诉制度\n", "kind": "heading"},
                    {"number": "1", "path": [], "text": "一、受理\n", "kind": "heading"},
                    {
                        "number": "1.1",
                        "path": ["一、受理"],
                        "text": "(一)接到投诉后应记录，",
                        "kind": "obligation",
                    },
                    {
                        "number": "1.1.p1",
                        "path": ["一、受理", "(一)接到投诉后应记录，"],
                        "text": "不得推诿。",
                        "kind": "prohibition",
                    },
                ],
            }
        ]
    }


def test_json_ranks_controls_the_best_first(tmp_path: Path) -> None:
    file = tmp_path / "采购.txt"
    file.write_text("药品管理\n一、库存\n每月盘点药品库存，确保账物相符。\n应微笑。\n", encoding="utf-8")
    rule = json.loads(_run(file, "--json", "--dry-run"))["documents"][0]["clauses"][2]
    scores = [one["score"] for one in rule["controls"]]
    assert rule["controls"][0]["code"] == "supply.stock_count"
    assert scores == sorted(scores, reverse=True)
    assert all(0 < score <= 1 for score in scores)
    assert 1 <= len(scores) <= 5


def test_dry_run_keeps_nothing(file: Path) -> None:
    _run(file, "--dry-run")
    assert not Policy.objects.exists()


def test_import_keeps_policy_and_next_version(file: Path) -> None:
    assert "投诉制度" in _run(file)
    _run(file, "--policy", Policy.objects.get().id)
    assert sorted(PolicyVersion.objects.values_list("number", flat=True)) == [1, 2]


def test_one_unreadable_file_keeps_all_out(file: Path, tmp_path: Path) -> None:
    bad = tmp_path / "empty.txt"
    bad.write_bytes(b"")
    with pytest.raises(CommandError, match="空"):
        _run(file, bad)
    assert not Policy.objects.exists()


def test_five_documents_go_through(policy_files: list[Path]) -> None:
    documents = json.loads(_run(*policy_files, "--json"))["documents"]
    assert [document["title"] for document in documents][1:] == [
        "医疗美容运营制度范本",
        "口腔接诊咨询运营管理制度",
        "医疗服务质量持续改进策略",
        "患者服务管理办法",
    ]
    assert PolicyVersion.objects.count() == 5
