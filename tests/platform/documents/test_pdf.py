"""PDFs from a template and data, with the house's fonts only."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from liangyi.platform.documents import pdf
from liangyi.platform.documents.errors import FontsMissing

TEMPLATE = """#let data = json(bytes(sys.inputs.data))
#set document(title: data.title, date: none)
#set text(font: "Noto Sans SC", lang: "zh")
= #data.title
*粗体*正文"""


@pytest.fixture
def template(tmp_path: Path) -> Path:
    path = tmp_path / "print.typ"
    path.write_text(TEMPLATE)
    if not list(pdf.FONTS.glob("*.ttf")):
        pytest.skip("NO FONTS: the front end was not built")
    return path


def test_chinese_text_stands_in_the_pdf(template: Path) -> None:
    made = PdfReader(io.BytesIO(pdf.render(template, {"title": "证据包"})))
    text = made.pages[0].extract_text()
    assert "证据包" in text
    assert "粗体正文" in text


def test_same_data_gives_the_same_bytes(template: Path) -> None:
    assert pdf.render(template, {"title": "一"}) == pdf.render(template, {"title": "一"})


def test_data_is_never_markup(template: Path) -> None:
    made = PdfReader(io.BytesIO(pdf.render(template, {"title": "#panic() *x* $"})))
    assert "#panic() *x* $" in made.pages[0].extract_text()


def test_missing_fonts_are_told(tmp_path: Path, monkeypatch: Any) -> None:
    pdf._compiler.cache_clear()
    monkeypatch.setattr(pdf, "FONTS", tmp_path)
    with pytest.raises(FontsMissing):
        pdf.render(tmp_path / "x.typ", {})
