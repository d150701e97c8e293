"""Search tokens: what a person can be found by, and what a typed text asks for.

A row is found when its token array contains every token of the query, so both sides cut alike:
Chinese by characters and bigrams (traditional folded to simplified), pinyin and Western words by
prefixes, a pinyin chain from any syllable on (wangxiaoming, xiaoming, ming), initials (wxm, xm),
phone numbers by beginning and end from three digits on, record numbers whole and by their end.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache

from opencc import OpenCC

from liangyi.platform.search.readings import readings

LONGEST = 12  # a longer word is cut here, on both sides
SHORTEST_DIGITS = 3
MOST_SYLLABLES = 4  # chains start at one of the first syllables only
MOST_TOKENS = 79

_HAN = "㐀-䶿一-鿿豈-﫿〇\U00020000-\U0003ffff"
_LETTERS = rf"[^\W\d_{_HAN}]+"
_RUN = re.compile(rf"[{_HAN}]+|[a-z]+[0-9][a-z0-9]*|[0-9]+|{_LETTERS}")
_WORD = re.compile(_LETTERS)
_NOT_HAN = re.compile(rf"[^{_HAN}]+")
_JOINED = re.compile(r"(?<=[0-9])[\s()./+-]+(?=[0-9])|(?<=[0-9a-z])-+(?=[0-9])")

_simplify = lru_cache(maxsize=20_000)(OpenCC("t2s").convert)


def tokens_for(name: str, phone: str = "", numbers: Iterable[str] = ()) -> list[str]:
    """What somebody called `name` is found by: unique tokens, at most MOST_TOKENS, each 20 long at most."""
    found = dict.fromkeys(token for token in _of_person(name, phone, numbers) if token)
    return list(found)[:MOST_TOKENS]


def query_tokens(text: str) -> list[str]:
    """What `text` as typed asks for: a row must have all of these. Empty when nothing can be looked for."""
    found = dict.fromkeys(token for run in _RUN.findall(_joined(text)) for token in _of_run(run))
    asked = [token for token in found if not _too_few_digits(token)]
    return asked or list(found)


def pinyin_key(name: str) -> str:
    """A key to sort names by as a Chinese reader expects: `王小明` → `wang xiao ming`, `Bob` → `bob`."""
    ways = readings(_han(name))
    return " ".join([*(ways[0] if ways else []), *_words(name, umlaut="u")])


def _of_person(name: str, phone: str, numbers: Iterable[str]) -> Iterator[str]:
    """The most telling first: what is cut off at the end is missed least."""
    han = "".join(_simplify(character) for character in _han(name))
    yield from _bigrams(han)
    yield from han
    yield from _of_phone(_digits(phone))
    for number in numbers:
        yield from _of_number(_joined(number))
    for word in (*_words(name, umlaut="u"), *_words(name, umlaut="v")):
        yield from _prefixes(word)
    yield from _of_readings(readings(_han(name)))


def _of_readings(ways: list[list[str]]) -> Iterator[str]:
    chains = [way[start:] for start in range(MOST_SYLLABLES) for way in ways if way[start:]]
    for chain in chains:
        yield from _prefixes("".join(syllable[0] for syllable in chain))
        if len(chain) > 1:
            yield (chain[0] + "".join(syllable[0] for syllable in chain[1:]))[:LONGEST]
    for chain in chains:
        yield from _prefixes("".join(chain))


def _of_phone(digits: str) -> Iterator[str]:
    yield digits[:20]
    for length in range(SHORTEST_DIGITS, len(digits[:20])):
        yield digits[-length:]
        yield digits[:length]


def _of_number(number: str) -> Iterator[str]:
    whole = "".join(re.findall(r"[a-z0-9]+", number))[:20]
    end = re.search(r"[0-9]*$", whole)
    digits = end.group() if end else ""
    yield from (whole, digits, digits.lstrip("0"), digits[-4:])


def _of_run(run: str) -> Iterator[str]:
    if _NOT_HAN.match(run):
        yield run[:20] if run[-1].isdigit() or run[0].isdigit() else run[:LONGEST]
        return
    folded = "".join(_simplify(character) for character in run)
    yield from _bigrams(folded) if len(folded) > 1 else folded


def _bigrams(text: str) -> Iterator[str]:
    return (text[i : i + 2] for i in range(len(text) - 1))


def _prefixes(word: str) -> Iterator[str]:
    return (word[:length] for length in range(1, min(len(word), LONGEST) + 1))


def _too_few_digits(token: str) -> bool:
    return token.isdigit() and len(token) < SHORTEST_DIGITS


def _words(name: str, umlaut: str) -> list[str]:
    return _WORD.findall(_plain(name, umlaut))


def _han(name: str) -> str:
    return _NOT_HAN.sub("", unicodedata.normalize("NFKC", name))


def _plain(text: str, umlaut: str = "v") -> str:
    """Lower case, half width, ü as in typed pinyin, accents and apostrophes dropped."""
    text = re.sub("['’]", "", unicodedata.normalize("NFKC", text).lower().replace("ü", umlaut))
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare)


def _joined(text: str) -> str:
    """Plain text with the separators inside numbers taken out: `138-1234 5678` is one number."""
    return re.sub(r"(?<![0-9])\+?86(?=1[0-9]{10}(?![0-9]))", "", _JOINED.sub("", _plain(text)))


def _digits(phone: str) -> str:
    return "".join(re.findall("[0-9]+", _joined(phone)))
