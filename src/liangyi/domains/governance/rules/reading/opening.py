"""A file's bytes to its text: plain text, Word, and PDF that holds text."""

from __future__ import annotations

import io
import logging
import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import PurePath
from typing import Any

from django.utils.translation import gettext_lazy as _

from liangyi.domains.governance.errors import UnreadablePolicy

LARGEST = 10 * 1024 * 1024
LARGEST_INSIDE = 100 * 1024 * 1024
_ENCODINGS = ("utf-8-sig", "gb18030", "big5")
_READABLE = re.compile(r"\w")
_LETTERS_A_PAGE = 8


def text_of(filename: str, content: bytes) -> str:
    """The text of a policy file, pages parted by form feeds. Raises UnreadablePolicy, never anything else."""
    if len(content) > LARGEST:
        raise UnreadablePolicy("too_large", _("文件超过 10 MB：请拆分后再导入"))
    if not content.strip():
        raise UnreadablePolicy("empty", _("文件是空的"))
    reader = _reader(filename, content)
    text = reader(content)
    if not _READABLE.search(text):
        raise UnreadablePolicy("empty", _("文件里没有文字"))
    return text


def _reader(filename: str, content: bytes) -> Callable[[bytes], str]:
    """By what the file is, not by what it is called; the name only tells what nobody can see."""
    if content.startswith(b"%PDF"):
        return _pdf
    if content.startswith(b"PK\x03\x04"):
        return _docx
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadablePolicy(
            "wrong_type", _("这是旧版 Word（.doc）或加密的 Office 文件：请去掉密码并另存为 .docx")
        )
    if PurePath(filename).suffix.lower() in (".docx", ".pdf"):
        raise UnreadablePolicy("damaged", _("文件已损坏，打不开"))
    return _plain


def _plain(content: bytes) -> str:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    if b"\x00" in content[:4096]:
        raise UnreadablePolicy("wrong_type", _("只能导入 .txt、.docx 和带文字的 .pdf"))
    for encoding in _ENCODINGS:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("utf-8", errors="replace")


def _docx(content: bytes) -> str:
    import docx  # slow to load, and seldom needed

    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if "word/document.xml" not in archive.namelist():
                raise UnreadablePolicy("wrong_type", _("只能导入 .txt、.docx 和带文字的 .pdf"))
            if sum(entry.file_size for entry in archive.infolist()) > LARGEST_INSIDE:
                raise UnreadablePolicy("too_large", _("文件解开后超过 100 MB"))
        return "\n".join(_docx_lines(docx.Document(io.BytesIO(content))))
    except UnreadablePolicy:
        raise
    except Exception as error:  # python-docx and lxml raise whatever a damaged part makes them
        raise UnreadablePolicy("damaged", _("文件已损坏，打不开")) from error


def _docx_lines(document: Any) -> Iterator[str]:
    """Paragraphs and table rows in the order of the page; cells of a row are parted by tabs."""
    from docx.table import Table

    for block in document.iter_inner_content():
        if isinstance(block, Table):
            yield from _rows(block)
        else:
            yield _heading_mark(block) + block.text


def _rows(table: Any) -> Iterator[str]:
    for row in table.rows:
        cells: list[str] = []
        seen: set[int] = set()
        for cell in row.cells:
            if id(cell._tc) not in seen:  # a merged cell comes once for every column it spans
                seen.add(id(cell._tc))
                cells.append(" ".join(cell.text.split()))
        yield "\t".join(cells)


def _heading_mark(paragraph: Any) -> str:
    """Word's heading styles as Markdown marks, for titles that carry no number of their own."""
    style = (paragraph.style.name if paragraph.style is not None else "") or ""
    match = re.fullmatch(r"(?:Heading|标题) ([1-6])", style)
    numbered = re.match(
        r"\s*(?:第.{1,5}[编章节条]|[(（]?[一二三四五六七八九十\d]{1,4}[)）、.．])", paragraph.text
    )
    return f"{'#' * int(match.group(1))} " if match and paragraph.text.strip() and not numbered else ""


def _pdf(content: bytes) -> str:
    from pypdf import PdfReader

    logging.getLogger("pypdf").setLevel(logging.ERROR)
    try:
        reader = PdfReader(io.BytesIO(content))
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadablePolicy("protected", _("PDF 有密码：请去掉密码后再导入"))
        pages = [page.extract_text() for page in reader.pages]
    except UnreadablePolicy:
        raise
    except Exception as error:  # pypdf meets damaged files in many ways
        raise UnreadablePolicy("damaged", _("文件已损坏，打不开")) from error
    if sum(len(_READABLE.findall(page)) for page in pages) < _LETTERS_A_PAGE * max(len(pages), 1):
        raise UnreadablePolicy("scanned", _("这份 PDF 是扫描图片，没有文字：请导入原文件，或先做文字识别"))
    return "\f".join(pages)
