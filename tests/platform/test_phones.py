from __future__ import annotations

import pytest

from liangyi.platform.phones import mask, normalise


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("13812345678", "13812345678"),
        ("+86 138-1234-5678", "13812345678"),
        ("１３８ １２３４ ５６７８", "13812345678"),
        ("010 6512 3456", "01065123456"),
        ("0574-8736-2233", "057487362233"),
        ("+852 5123 4567", "+85251234567"),
        ("+1 212 555 2368", "+12125552368"),
    ],
)
def test_normalise(typed: str, stored: str) -> None:
    assert normalise(typed) == stored
    assert normalise(stored) == stored


@pytest.mark.parametrize(
    "typed", ["", "abc", "123", "1381234567", "138123456789", "12345678901", "🙂", "1" * 500]
)
def test_normalise_refuses_what_no_phone_can_have(typed: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 the text is the library's
        normalise(typed)


@pytest.mark.parametrize(
    ("number", "masked"),
    [
        ("13812341234", "138****1234"),
        ("01065123456", "010****3456"),
        ("+85251234567", "+852****4567"),
        ("110", "****10"),
        ("", ""),
    ],
)
def test_mask(number: str, masked: str) -> None:
    assert mask(number) == masked
