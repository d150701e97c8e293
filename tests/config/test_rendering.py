"""The rule that every template is rendered by some test: when it is asked, and what it says."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from liangyi.config import rendering

ROOT = Path(__file__).parents[2]
ARGS = pytest.Config.ArgsSource


@pytest.fixture(autouse=True)
def _own_record(monkeypatch: pytest.MonkeyPatch) -> None:
    """This run's own record stays as it is."""
    monkeypatch.setattr(rendering, "_rendered", set())
    monkeypatch.setattr(rendering, "_missing", [])
    monkeypatch.setattr(rendering, "templates", lambda: {"a/one.html": ROOT, "a/two.html": ROOT})


def session(source: Any = ARGS.TESTPATHS, **options: Any) -> Any:
    """A run that was asked for like this."""
    option = SimpleNamespace(**{"ignore": None, "keyword": "", "markexpr": ""} | options)
    config = SimpleNamespace(option=option, rootpath=ROOT, args_source=source)
    return SimpleNamespace(config=config, exitstatus=pytest.ExitCode.OK)


def judged(run: Any, status: int = pytest.ExitCode.OK) -> int:
    rendering.pytest_sessionfinish(run, status)
    return int(run.exitstatus)


@pytest.mark.parametrize("ignore", [None, [str(ROOT / "tests" / "browser")]])
def test_whole_run_fails_for_what_no_test_rendered(ignore: list[str] | None) -> None:
    rendering._rendered.add("a/one.html")
    assert judged(session(ignore=ignore)) == pytest.ExitCode.TESTS_FAILED
    assert rendering._missing == ["a/two.html"]


def test_what_workers_rendered_counts() -> None:
    for name in ("a/one.html", "a/two.html"):
        rendering.pytest_testnodedown(SimpleNamespace(workeroutput={"templates": [name]}))
    assert judged(session()) == pytest.ExitCode.OK


@pytest.mark.parametrize(
    "run",
    [
        session(ARGS.ARGS),
        session(keyword="booking"),
        session(markexpr="not browser"),
        session(ignore=[str(ROOT / "tests" / "web")]),
        session(lf=True),
    ],
    ids=["folder", "word", "mark", "left out", "last failed"],
)
def test_part_of_the_tests_is_not_judged(run: Any) -> None:
    assert judged(run) == pytest.ExitCode.OK


def test_run_that_failed_is_not_judged_again() -> None:
    assert judged(session(), pytest.ExitCode.TESTS_FAILED) == pytest.ExitCode.OK
    assert rendering._missing == []


def test_worker_hands_on_plain_names_and_judges_nothing() -> None:
    run = session()
    run.config.workeroutput = {}
    rendering._rendered.add("a/one.html")
    assert judged(run) == pytest.ExitCode.OK
    assert run.config.workeroutput["templates"] == ["a/one.html"]
