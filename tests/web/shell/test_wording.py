"""The words of the product in its languages."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog

from liangyi.web.shell.wording import catalogues
from liangyi.web.shell.wording.extraction import Wording, wordings_by_app
from liangyi.web.shell.wording.traditional import traditional


@pytest.fixture
def source(tmp_path: Path) -> Path:
    app = tmp_path / "web" / "area"
    app.mkdir(parents=True)
    (app / "apps.py").write_text("")
    (app / "views.py").write_text('x = _("预约")\ny = ngettext("%(n)s 天", "%(n)s 天", 2)\n')
    (app / "page.html").write_text(
        '{% load i18n %}\n  {% translate "取消" as c %}\n'
        "{% blocktranslate %}您好 {{ name }}{% endblocktranslate %}"
    )
    (tmp_path / "loose.py").write_text('z = _("无处")\n')
    return tmp_path


def test_extraction_finds_python_and_templates(source: Path) -> None:
    found = wordings_by_app(source)[source / "web" / "area"]
    assert {text for text, _context in found} == {"预约", "%(n)s 天", "取消", "您好 %(name)s"}
    assert found["预约", None].places == ["web/area/views.py:1"]


def test_extraction_gives_loose_strings_to_the_shell(source: Path) -> None:
    from liangyi.web.shell.wording.extraction import HOME_APP

    assert ("无处", None) in wordings_by_app(source)[HOME_APP]


def test_problems_name_what_is_missing_left_over_or_broken() -> None:
    catalogue = Catalog(locale="en")
    catalogue.add("旧的", "old")
    catalogue.add("您好 %(name)s", "hello")
    wanted = [Wording("新的", None, ["a.py:1"]), Wording("您好 %(name)s", None, ["a.py:2"])]
    lines = list(catalogues._problems_of(catalogue, wanted))
    assert [line.split(" ")[0] for line in lines] == ["no", "%(name)s", "no"]


def test_a_text_that_is_no_longer_counted_is_another_text() -> None:
    catalogue = Catalog(locale="en")
    message = catalogue.add(("%(n)s 天", "%(n)s 天"), ("%(n)s day", "%(n)s days"))
    assert catalogues._is_left_over(message, {("%(n)s 天", None): Wording("%(n)s 天", None)})
    assert not catalogues._is_left_over(message, {("%(n)s 天", None): Wording(message.id, None)})


@pytest.mark.parametrize(
    ("simplified", "expected"),
    [
        ("诊疗程序", "診療程序"),
        ("随着", "隨着"),
        ("12 分钟后复诊", "12 分鐘後複診"),
        ("头发 %(name)s", "頭髮 %(name)s"),
    ],
)
def test_traditional_is_derived(simplified: str, expected: str) -> None:
    assert traditional(simplified) == expected
