from __future__ import annotations

from collections.abc import Iterator

import pytest

from liangyi.platform.messages.catalogue import MessageTemplate, register, render, templates


@pytest.fixture
def template() -> Iterator[str]:
    made = register(MessageTemplate("test.visit", "{title}", "{name}：{title} {count}"))
    yield made.code
    templates().pop(made.code)  # type: ignore[attr-defined]


def test_render_fills_params_and_keeps_the_subject_one_line(template: str) -> None:
    text = render(template, {"title": "复诊\r\nBcc: x@y", "name": "王小明", "count": 2}, "zh-hans")
    assert text.subject == "复诊 Bcc: x@y"
    assert text.body.startswith("王小明：复诊")


def test_render_never_reads_what_a_value_spells(template: str) -> None:
    text = render(template, {"title": "{name.__class__}", "name": "{0}", "count": 1}, "en")
    assert text.subject == "{name.__class__}"


def test_render_shows_nothing_for_a_name_without_value(template: str) -> None:
    assert render(template, {"title": "x"}, "en").body == "：x "


def test_register_takes_a_code_once_and_plain_names_only(template: str) -> None:
    with pytest.raises(ValueError, match="already"):
        register(MessageTemplate(template, "a", "b"))
    with pytest.raises(ValueError, match="plain"):
        register(MessageTemplate("test.odd", "{name.first}", ""))
