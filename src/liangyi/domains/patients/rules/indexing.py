"""Search tokens of a person, with a mark for each site so that one index answers who and where."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from uuid import UUID

from liangyi.platform.search.tokens import tokens_for

MARK = "@"


def site_mark(site: UUID) -> str:
    """The token of everybody registered at `site`; no typed text can ask for it."""
    return f"{MARK}{site.hex}"


def person_tokens(
    named: Iterable[tuple[str, str]], numbers: Collection[str], sites: Iterable[UUID]
) -> list[str]:
    """Tokens of a person by (name, phone) of each of their records, record numbers and sites."""
    marks = [site_mark(site) for site in sorted(set(sites))]
    found = [token for name, phone in named for token in tokens_for(name, phone, numbers)]
    return list(dict.fromkeys([*marks, *found]))
