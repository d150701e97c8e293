"""The pure decisions about people."""

from __future__ import annotations

from datetime import date

import pytest

from liangyi.domains.patients import rules
from liangyi.domains.patients.rules import Facts, Likeness

DAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("born", "day", "age"),
    [
        ("1990-03-07", "2026-03-06", 35),
        ("1990-03-07", "2026-03-07", 36),
        ("2008-02-29", "2026-02-28", 17),
        ("2008-02-29", "2026-03-01", 18),
        ("2008-02-29", "2028-02-29", 20),
        ("2026-11-23", "2026-11-23", 0),
        ("1949-12-31", "2026-11-23", 76),
        ("2025-12-31", "2026-01-01", 0),
        ("2000-01-01", "2099-12-31", 99),
    ],
)
def test_age_counts_whole_years(born: str, day: str, age: int) -> None:
    assert rules.age_on(date.fromisoformat(born), date.fromisoformat(day)) == age


@pytest.mark.parametrize("years", range(40))
def test_minor_is_anybody_below_the_limit(years: int) -> None:
    assert rules.is_minor(date(DAY.year - years, 11, 23), DAY) is (years < 18)
    assert rules.is_minor(date(DAY.year - years, 11, 24), DAY) is (years <= 18)
    assert rules.is_minor(date(DAY.year - years, 11, 23), DAY, age_limit=14) is (years < 14)


def test_minor_is_not_assumed_without_a_birth_date() -> None:
    assert not rules.is_minor(None, DAY)


@pytest.mark.parametrize(
    ("born", "wrong"), [("2026-11-24", True), ("2026-11-23", False), ("1890-01-01", True)]
)
def test_birth_date_lies_within_a_life(born: str, wrong: bool) -> None:
    assert bool(rules.birth_date_problem(date.fromisoformat(born), DAY)) is wrong


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  王小明 ", "王小明"),
        ("John   Smith", "John Smith"),
        ("买买提·艾力", "买买提·艾力"),
        ("O'Brien-Smith Jr.", "O'Brien-Smith Jr."),
        ("𠮷田", "𠮷田"),
        ("李之子2", "李之子2"),
        ("José Álvarez", "José Álvarez"),
        ("Мария", "Мария"),
        ("王　芳", "王 芳"),
        ("张（女）", "张（女）"),
    ],
)
def test_name_is_kept_as_people_write_it(typed: str, kept: str) -> None:
    assert rules.clean_name(typed) == kept


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "🙂",
        "王😀明",
        "<script>",
        "a" * 61,
        "a" * 100_000,
        "123",
        "·",
        "王\x00明",
        "a\ud800",
        "王;明",
        "{{7*7}}",
    ],
)
def test_name_refuses_what_is_no_name(typed: str) -> None:
    with pytest.raises(ValueError, match=r"\S"):
        rules.clean_name(typed)


@pytest.mark.parametrize(
    ("name", "masked"), [("王", "王*"), ("王芳", "王*"), ("王小明", "王**"), ("John Smith", "J***"), ("", "")]
)
def test_masked_name_shows_its_beginning_only(name: str, masked: str) -> None:
    assert rules.masked_name(name) == masked


@pytest.mark.parametrize(
    ("kind", "typed", "number"),
    [
        ("resident_id", " 11010519491231002x ", "11010519491231002X"),
        ("resident_id", "110102 19840406 970X", "11010219840406970X"),
        ("passport", "e-1234 5678", "E12345678"),
        ("hk_mo_permit", "H1234567890", "H1234567890"),
        ("hk_mo_permit", "m12345678", "M12345678"),
        ("tw_permit", "12345678", "12345678"),
        ("foreign_resident", "usa110078012345", "USA110078012345"),
        ("birth_certificate", "Q110000001", "Q110000001"),
        ("other", "ab 12345", "AB12345"),
    ],
)
def test_paper_number_comes_to_one_form(kind: str, typed: str, number: str) -> None:
    assert rules.paper_number(kind, typed) == number


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        ("resident_id", "110105194912310021"),
        ("resident_id", ""),
        ("resident_id", "1101051949123100"),
        ("passport", "护照"),
        ("passport", "1"),
        ("passport", "E" * 40),
        ("hk_mo_permit", "X1234567"),
        ("birth_certificate", "1234567890"),
        ("other", "🙂🙂🙂"),
        ("no_such", "E1234567"),
    ],
)
def test_paper_number_refuses_without_repeating_it(kind: str, typed: str) -> None:
    with pytest.raises(ValueError, match=r"\S") as caught:
        rules.paper_number(kind, typed)
    assert not typed or typed not in str(caught.value)


@pytest.mark.parametrize(
    ("typed", "worth"),
    [
        ("11010519491231002X", True),
        ("110105 1949 1231 002x", True),
        ("E12345678", True),
        ("13812345678", True),
        ("王小明", False),
        ("wxm", False),
        ("1234", False),
        ("", False),
        ("<script>", False),
    ],
)
def test_paper_number_is_looked_for_only_where_it_may_be_one(typed: str, worth: bool) -> None:
    assert rules.may_be_a_paper_number(typed) is worth


def test_record_numbers_sort_by_count() -> None:
    numbers = [rules.record_number("LY", count) for count in (1, 9, 10, 99, 1_000_000)]
    assert numbers == sorted(numbers)
    assert numbers[0] == "LY0000001"
    assert rules.pseudonym_number("LY", 1) == "LYP0000001"


ID_A, ID_B = frozenset({"a"}), frozenset({"b"})
BORN, OTHER = date(1990, 3, 7), date(1991, 3, 7)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # an identity number settles it, whatever else differs
        (
            Facts("王芳", identities={"resident_id": ID_A}),
            Facts("李明", identities={"resident_id": ID_A}),
            Likeness.CERTAIN,
        ),
        (
            Facts("王芳", "1", identities={"passport": ID_A}),
            Facts("王芳", "2", identities={"passport": ID_A}),
            Likeness.CERTAIN,
        ),
        # but a number of some other paper does not
        (Facts("王芳", identities={"other": ID_A}), Facts("李明", identities={"other": ID_A}), Likeness.NONE),
        # nor the same number on papers of different kinds
        (
            Facts("王芳", identities={"passport": ID_A}),
            Facts("李明", identities={"tw_permit": ID_A}),
            Likeness.NONE,
        ),
        # two identity numbers are two people, even with the same name and day
        (
            Facts("王芳", birth_date=BORN, identities={"resident_id": ID_A}),
            Facts("王芳", birth_date=BORN, identities={"resident_id": ID_B}),
            Likeness.NONE,
        ),
        # a passport beside an identity number says nothing
        (
            Facts("王芳", birth_date=BORN, identities={"passport": ID_A}),
            Facts("王芳", birth_date=BORN, identities={"resident_id": ID_B}),
            Likeness.LIKELY,
        ),
        (Facts("王芳", phone="1"), Facts("王芳", phone="1"), Likeness.LIKELY),
        (Facts("王芳", phone="1"), Facts("王方", phone="1"), Likeness.LIKELY),
        (Facts("王小芳", phone="1"), Facts("王晓方", phone="1"), Likeness.LIKELY),
        (Facts("王小明", phone="1"), Facts("王小亮", phone="1"), Likeness.LIKELY),
        (Facts("王芳", phone="1"), Facts("王芳芳", phone="1"), Likeness.LIKELY),
        (Facts("John Smith", phone="1"), Facts("john smith", phone="1"), Likeness.LIKELY),
        # families share a telephone
        (Facts("王芳", phone="1"), Facts("李明", phone="1"), Likeness.NONE),
        (Facts("王芳", phone="1"), Facts("王明", phone="1"), Likeness.NONE),
        (Facts("王芳", "1", phone="1"), Facts("王芳", "2", phone="1"), Likeness.NONE),
        (
            Facts("王芳", birth_date=BORN, phone="1"),
            Facts("王方", birth_date=OTHER, phone="1"),
            Likeness.NONE,
        ),
        # but a birth date is easily mistyped
        (
            Facts("王芳", birth_date=BORN, phone="1"),
            Facts("王芳", birth_date=OTHER, phone="1"),
            Likeness.LIKELY,
        ),
        (Facts("王芳", birth_date=BORN), Facts("王芳", birth_date=BORN), Likeness.LIKELY),
        (Facts("王芳", birth_date=BORN), Facts("王方", birth_date=BORN), Likeness.LIKELY),
        (Facts("王芳", birth_date=BORN), Facts("王芳", birth_date=OTHER), Likeness.NONE),
        (Facts("王芳", birth_date=BORN), Facts("李明", birth_date=BORN), Likeness.NONE),
        (Facts("王芳", "0", BORN), Facts("王芳", "2", BORN), Likeness.LIKELY),
        (Facts("王芳", "9", BORN), Facts("王芳", "2", BORN), Likeness.LIKELY),
        # a name alone is nothing
        (Facts("王芳"), Facts("王芳"), Likeness.NONE),
        (Facts("王芳", phone=""), Facts("王芳", phone=""), Likeness.NONE),
        (Facts(""), Facts(""), Likeness.NONE),
    ],
)
def test_likeness_is_mutual(one: Facts, other: Facts, expected: Likeness) -> None:
    assert rules.likeness(one, other) is expected
    assert rules.likeness(other, one) is expected
