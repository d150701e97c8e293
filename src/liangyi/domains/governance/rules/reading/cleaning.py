"""From what was pasted to the policy itself."""

from __future__ import annotations

import re

from liangyi.domains.governance.rules.reading.contents import take_contents
from liangyi.domains.governance.rules.reading.furniture import (
    title_in_furniture,
    without_furniture,
    without_running_heads,
)
from liangyi.domains.governance.rules.reading.glosses import strip_glosses
from liangyi.domains.governance.rules.reading.headtable import without_head_table
from liangyi.domains.governance.rules.reading.lines import put_back, unwrapped, without_page_numbers
from liangyi.domains.governance.rules.reading.naming import names_said_once, own_name, sample_apart
from liangyi.domains.governance.rules.reading.pieces import Cleaned
from liangyi.domains.governance.rules.reading.script import simplified

PAGE_BREAK = "\f"
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000e-\u001f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]"
)
_LINE_END = re.compile("\r\n|[\r\u0085\u2028\u2029\v]")
_SPACES = re.compile("[ \u00a0\u2000-\u200a\u3000]+")


def clean(raw: str) -> Cleaned:
    """The policy without page furniture, glosses and contents, in simplified letters, no blank lines.

    Nothing else is changed: what is broken stays broken, and order and wording are the author's.
    """
    text, glosses = strip_glosses(simplified(_LINE_END.sub("\n", _INVISIBLE.sub("", raw))))
    pages = [_lines(page) for page in text.split(PAGE_BREAK)]
    lines = [line for page in without_running_heads(pages) for line in page]
    named = title_in_furniture(lines)
    kept = without_furniture(lines)
    body, contents = take_contents(kept)
    body = put_back(without_page_numbers(without_head_table(unwrapped([line for line in body if line]))))
    body = [part for line in body for part in sample_apart(line)]
    named = named or own_name(body)
    return Cleaned(
        text="\n".join(names_said_once(body, named)),
        title=named,
        contents=contents,
        glosses_removed=glosses,
        furniture_removed=len(lines) - len(kept),
    )


def _lines(page: str) -> list[str]:
    found = (_SPACES.sub(" ", line).strip(" ") for line in page.split("\n"))
    return [line for line in found if line.strip()]
