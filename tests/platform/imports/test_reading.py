from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from liangyi.platform.imports.errors import FileUnusable
from liangyi.platform.imports.reading import RawRow, open_table
from liangyi.platform.imports.report import RowError


def read(path: Path, content: bytes) -> tuple[tuple[str, ...], list[RawRow | RowError]]:
    path = path / "table.csv"
    path.write_bytes(content)
    with open_table(path) as table:
        return table.columns, list(table.rows)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_encoding_is_recognised(tmp_path: Path, encoding: str) -> None:
    columns, rows = read(tmp_path, "编号,姓名\r\n1,王小明\r\n".encode(encoding))
    assert columns == ("编号", "姓名")
    assert rows == [RawRow(2, {"编号": "1", "姓名": "王小明"})]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_delimiter_is_recognised(tmp_path: Path, delimiter: str) -> None:
    columns, rows = read(tmp_path, delimiter.join("abc").encode() + b"\n" + delimiter.join("123").encode())
    assert columns == ("a", "b", "c")
    assert rows == [RawRow(2, {"a": "1", "b": "2", "c": "3"})]


def test_broken_bytes_in_utf8_spoil_their_row_only(tmp_path: Path) -> None:
    content = "编号,姓名\n1,王小明\n".encode() * 1 + b"2,\xe7\x8e\n" + "3,李四\n".encode() * 5
    _columns, rows = read(tmp_path, content)
    assert rows[1] == RowError(3, "姓名", "含有无法识别的字符")
    assert rows[2] == RawRow(4, {"编号": "3", "姓名": "李四"})


def test_quoted_cells_keep_lines_and_delimiters(tmp_path: Path) -> None:
    _columns, rows = read(tmp_path, b'a,b\n"x,1","two\nlines"\n\n 3 ,4,\n')
    assert rows == [RawRow(2, {"a": "x,1", "b": "two\nlines"}), RawRow(5, {"a": "3", "b": "4"})]


def test_quote_that_never_closes_does_not_swallow_the_file(tmp_path: Path) -> None:
    content = b'a,b\n"open,1\n' + b"2,3\n" * 60_000
    _columns, rows = read(tmp_path, content)
    assert isinstance(rows[0], RowError)
    assert isinstance(rows[-1], RawRow)


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b",,\n1,2,3", b"a,b,a\n1,2,3", b"a\0b,c\n", b"x" * 300_000]
)
def test_file_without_a_header_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(FileUnusable):
        read(tmp_path, content)


def test_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileUnusable), open_table(tmp_path / "none.csv"):
        pass


@given(st.binary(max_size=300))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes_are_read_or_refused(tmp_path: Path, content: bytes) -> None:
    try:
        _columns, rows = read(tmp_path, content)
    except FileUnusable:
        return
    assert all(isinstance(row, RawRow | RowError) for row in rows)
