"""The pytest plugin that fails a whole run in which one of our templates was rendered by no test.

A page that nobody opens in a test is a page that nobody knows to work. The rule is asked only where the run
could have kept it: all tests ran (the browser's journeys may be left to a run of their own) and passed.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.template.base import Template
from django.test.signals import template_rendered

SOURCE = Path(__file__).parents[1]
APART = "tests/browser"
"""What a whole run may leave out."""

_rendered: set[str] = set()
_missing: list[str] = []


def templates() -> dict[str, Path]:
    """Our templates by name, each a plain string."""
    return {
        path.relative_to(folder).as_posix(): path
        for folder in SOURCE.rglob("templates")
        for path in folder.rglob("*.html")
    }


def _note(template: Template, **_signal: Any) -> None:
    """Includes and the templates a page extends send the signal too."""
    if template.name:
        _rendered.add(template.name)


def pytest_configure() -> None:
    """From here on every template says when it is rendered: pytest-django sets Django up for that."""
    template_rendered.connect(_note, dispatch_uid="liangyi.config.rendering")


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """What a worker of a parallel run has rendered."""
    _rendered.update(getattr(node, "workeroutput", {}).get("templates", ()))


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """A worker hands on what it has seen; the run itself judges."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["templates"] = [name for name in templates() if name in _rendered]
    elif exitstatus == pytest.ExitCode.OK and _is_whole(session.config):
        _missing[:] = sorted(templates().keys() - _rendered)
        if _missing:
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


def _is_whole(config: pytest.Config) -> bool:
    """No folder, file, word or mark was asked for, and nothing was left out but the journeys."""
    option = config.option
    root = config.rootpath
    left_out = {str(Path(str(path)).resolve()) for path in option.ignore or ()}
    chosen = ("keyword", "markexpr", "deselect", "ignore_glob", "lf", "stepwise", "collectonly")
    return (
        config.args_source is not pytest.Config.ArgsSource.ARGS
        and left_out <= {str(root / APART)}
        and not any(getattr(option, name, None) for name in chosen)
    )


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Name what is missing."""
    if _missing:
        terminalreporter.section("templates that no test rendered", red=True, bold=True)
        for name in _missing:
            terminalreporter.line(name)
