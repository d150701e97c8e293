"""The left navigation: each web area registers its entries, an actor sees those it may open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from liangyi.platform.actors import Actor

VISIBLE = 7
ON_PHONE = 4
UNDER_HOME = 15


@dataclass(frozen=True)
class Entry:
    """One line of the navigation. `title` is lazy text, `icon` the name of a Tabler icon.

    `permission` None shows it to everybody signed in; lower `order` stands higher. For the roles of
    `first_for` it is daily work and stands right under home.
    """

    code: str
    title: Any
    url_name: str
    icon: str
    permission: str | None
    order: int
    first_for: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Link:
    """An entry with its address, and whether the page being shown stands under it."""

    code: str
    title: Any
    url: str
    icon: str
    is_current: bool


_entries: dict[str, Entry] = {}


def register(entry: Entry) -> None:
    """Add `entry`; call it from the ready() of the area's app. A second one of the same code replaces it."""
    _entries[entry.code] = entry


def entries_for(actor: Actor) -> list[Entry]:
    """The entries `actor` may open at its active site, in order."""
    allowed = (entry for entry in _entries.values() if _may_open(actor, entry))
    return sorted(allowed, key=lambda entry: (_place(actor, entry), entry.order, entry.code))


def links_for(actor: Actor, path: str) -> list[Link]:
    """`entries_for` with addresses; the longest address that begins `path` is the current one."""
    urls = [(entry, url) for entry in entries_for(actor) if (url := _address(entry))]
    under = [url for _entry, url in urls if path == url or (url != "/" and path.startswith(url))]
    current = max(under, key=len, default=None)
    return [Link(entry.code, entry.title, url, entry.icon, url == current) for entry, url in urls]


def _place(actor: Actor, entry: Entry) -> int:
    return min(entry.order, UNDER_HOME) if actor.roles & entry.first_for else entry.order


def _may_open(actor: Actor, entry: Entry) -> bool:
    if entry.permission is None or actor.is_system:
        return True
    return actor.site is not None and actor.may(entry.permission, actor.site)


def _address(entry: Entry) -> str:
    try:
        return reverse(entry.url_name)
    except NoReverseMatch:
        return ""
