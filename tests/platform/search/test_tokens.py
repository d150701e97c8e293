from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from liangyi.platform.search.tokens import MOST_TOKENS, pinyin_key, query_tokens, tokens_for

WANG = ("王小明", "13812345678", ["LY-0001234"])


def finds(query: str, name: str, phone: str = "", numbers: tuple[str, ...] | list[str] = ()) -> bool:
    asked = query_tokens(query)
    return bool(asked) and set(asked) <= set(tokens_for(name, phone, numbers))


@pytest.mark.parametrize(
    "query",
    [
        *("王", "小", "明", "王小", "小明", "王小明", " 王 小明 ", "王 明"),
        *("w", "wang", "wangx", "wangxiaom", "wangxiaoming", "WangXiaoMing", "wang xiao ming", "wáng"),
        *("xiaoming", "xiaom", "ming", "wxm", "wx", "xm", "wangxm", "王xm"),
        *(
            "13812345678",
            "138 1234 5678",
            "138-1234-5678",
            "+8613812345678",
            "5678",
            "45678",
            "678",
            "138",
            "1381",
        ),
        *("LY-0001234", "ly0001234", "0001234", "1234", "王 5678", "ｗａｎｇ", "１３８"),
    ],
)
def test_query_finds_the_person(query: str) -> None:
    assert finds(query, *WANG)


@pytest.mark.parametrize(
    "query", ["李", "王明", "王小红", "明小", "wangda", "wxh", "139", "5679", "王 9999", "0001235", "?", ""]
)
def test_query_does_not_find_another(query: str) -> None:
    assert not finds(query, *WANG)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("单雪", ["shanxue", "danxue", "sx", "dx"]),
        ("曾志伟", ["zengzhiwei", "cengzhiwei", "zzw"]),
        ("仇英", ["qiuying", "chouying"]),
        ("区小明", ["ouxiaoming", "quxiaoming", "oxm"]),
        ("查良镛", ["zhaliangyong", "chaliangyong"]),
        ("解小龙", ["xiexiaolong", "jiexiaolong"]),
        ("盖聂", ["genie", "gainie"]),
        ("尉迟恭", ["yuchigong", "ycg", "weichi"]),
        ("长孙无忌", ["zhangsunwuji", "changsun"]),
        ("任达华", ["rendahua"]),
        ("翟天临", ["zhaitianlin", "ditianlin"]),
        ("朴树", ["piaoshu", "pushu"]),
        ("吕布", ["lvbu", "lubu", "lyubu", "lübu", "lb"]),
        ("歐陽麗娜", ["欧阳丽娜", "歐陽", "丽娜", "ouyanglina", "oyln"]),
        ("欧阳丽娜", ["歐陽麗娜"]),
        ("买买提·吐尔逊", ["买买提", "吐尔逊", "maimaiti", "mmt"]),
    ],
)
def test_reading_of_a_name(name: str, typed: list[str]) -> None:
    assert [text for text in typed if not finds(text, name)] == []


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("John O'Brien", ["john", "JOHN O'BRIEN", "obrien", "jo ob", "o’bri"]),
        ("Jürgen Müller", ["muller", "Müller", "mul", "jurgen mu"]),
        ("José García", ["jose garcia", "GARCÍA"]),
        ("김철수", ["김철수", "김철"]),
        ("Анна", ["анна", "АН"]),
    ],
)
def test_western_and_other_names_by_word_beginnings(name: str, typed: list[str]) -> None:
    assert [text for text in typed if not finds(text, name)] == []


def test_foreign_phone_is_found_with_and_without_country_code() -> None:
    for typed in ("+852 5123 4567", "51234567", "4567"):
        assert finds(typed, "陈大文", "+85251234567")


def test_too_few_digits_do_not_hide_what_the_name_finds() -> None:
    assert query_tokens("王 13") == ["王"]
    assert query_tokens("13") == ["13"]


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("王小明", "wang xiao ming"),
        ("单雪", "shan xue"),
        ("John Müller", "john muller"),
        ("吕布", "lv bu"),
        ("🙂", ""),
    ],
)
def test_pinyin_key(name: str, key: str) -> None:
    assert pinyin_key(name) == key


def test_pinyin_key_sorts_by_syllable() -> None:
    names = ["林安", "李明", "张三", "安宁", "Bob"]
    assert sorted(names, key=pinyin_key) == ["安宁", "Bob", "李明", "林安", "张三"]


@pytest.mark.parametrize(
    "name", ["尉迟单于恭德", "买买提·吐尔逊·阿不都热依木", "吕绿吕绿", "A" * 60, "单" * 60]
)
def test_tokens_stay_few_and_short(name: str) -> None:
    tokens = tokens_for(name, "+8613812345678", ["LY-0001234", "A" * 40])
    assert len(tokens) <= MOST_TOKENS
    assert all(0 < len(token) <= 20 for token in tokens)
    assert len(set(tokens)) == len(tokens)


@given(st.text(max_size=60), st.text(max_size=30))
def test_any_text_is_cut_without_error(name: str, query: str) -> None:
    assert all(tokens_for(name, query, [query]))
    assert all(query_tokens(query))
    pinyin_key(name)
