from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from liangyi.platform.identity_numbers import FEMALE, MALE, IdentityNumberUnusable, ResidentId, resident_id


def numbered(seventeen: str) -> str:
    return seventeen + ric.calc_check_digit(seventeen + "0")


def problem(text: str) -> str:
    with pytest.raises(IdentityNumberUnusable) as caught:
        resident_id(text)
    return caught.value.problem


def test_resident_id_tells_birth_date_and_sex() -> None:
    number = "11010519491231002X"
    assert resident_id(number) == ResidentId(number, date(1949, 12, 31), FEMALE)
    assert resident_id("１１０１０５ 19491231-002x").number == number


def test_resident_id_of_a_man_and_of_a_resident_from_hong_kong() -> None:
    assert resident_id(numbered("44030019900228001")).sex == MALE
    assert resident_id(numbered("81000019850607003")).birth_date == date(1985, 6, 7)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("110105491231002", "form"),
        ("11010519491231002Y", "form"),
        ("١١٠١٠٥١٩٤٩١٢٣١٠٠٢X", "form"),
        ("110105194912310021", "check_digit"),
        ("00010519491231002X", "region"),
        ("90010519491231002X", "region"),
        (numbered("11010519490229002"), "birth_date"),
        (numbered("11010517491231002"), "birth_date"),
    ],
)
def test_resident_id_that_cannot_be(text: str, why: str) -> None:
    assert problem(text) == why


def test_any_single_wrong_digit_is_found() -> None:
    number = numbered("11010519491231002")
    for position in range(17):
        for digit in set("0123456789") - {number[position]}:
            assert problem(number[:position] + digit + number[position + 1 :])


def test_problem_is_told_without_the_number() -> None:
    with pytest.raises(IdentityNumberUnusable) as caught, override("zh-hans"):
        resident_id("110105194912310021")
    with override("zh-hans"):
        assert str(caught.value) == "身份证号的校验位不对，请核对是否输错"
    assert "1949" not in repr(caught.value)


@given(st.text(max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    with suppress(IdentityNumberUnusable):
        assert len(resident_id(text).number) == 18
