from __future__ import annotations

import io

import docx
import pytest
from pypdf import PdfWriter

from liangyi.domains.governance.errors import UnreadablePolicy
from liangyi.domains.governance.rules.reading import read
from liangyi.domains.governance.rules.reading.opening import text_of

TEXT = "一、总则\n员工应每日洗手。"


def _word() -> bytes:
    document = docx.Document()
    document.add_heading("洗手制度", level=1)
    document.add_paragraph("员工应每日洗手。")
    table = document.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "洗手", "应六步"
    document.add_paragraph("不得省略。")
    kept = io.BytesIO()
    document.save(kept)
    return kept.getvalue()


def _pdf(password: str = "") -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password)
    kept = io.BytesIO()
    writer.write(kept)
    return kept.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_text_is_read_in_every_usual_encoding(encoding: str) -> None:
    assert text_of("a.txt", TEXT.encode(encoding)).lstrip("\ufeff") == TEXT


def test_word_keeps_paragraphs_and_tables_in_order() -> None:
    assert text_of("a.docx", _word()) == "# 洗手制度\n员工应每日洗手。\n洗手\t应六步\n不得省略。"
    kinds = [clause.kind.value for clause in read(text_of("a.docx", _word())).clauses]
    assert kinds == ["heading", "obligation", "obligation", "prohibition"]


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t", "empty"),
        ("a.txt", b"....", "empty"),
        ("a.pdf", _pdf(), "scanned"),
        ("a.pdf", _pdf("secret"), "protected"),
        ("a.pdf", b"%PDF-1.4 rubbish", "damaged"),
        ("a.docx", b"PK\x03\x04 rubbish", "damaged"),
        ("a.docx", b"rubbish", "damaged"),
        ("a.doc", b"\xd0\xcf\x11\xe0rest", "wrong_type"),
        ("a.png", b"\x89PNG\r\n\x00\x00rest", "wrong_type"),
        ("a.txt", b"x" * (10 * 1024 * 1024 + 1), "too_large"),
    ],
)
def test_unreadable_file_says_why(name: str, content: bytes, reason: str) -> None:
    with pytest.raises(UnreadablePolicy) as caught:
        text_of(name, content)
    assert caught.value.reason == reason
