"""What stands round the work: navigation, sites, unread notifications, language and theme."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from liangyi.platform.access.models import Account, Site
from liangyi.platform.actors import Actor
from liangyi.platform.messages.queries import unread_count
from liangyi.web.shell import navigation


class Frame:
    """Read by the base template; each part is fetched when first shown."""

    def __init__(self, request: HttpRequest, account: Account, actor: Actor, sites: Sequence[Site]) -> None:
        self.account = account
        self.actor = actor
        self.sites = list(sites)
        self._path = request.path

    @cached_property
    def links(self) -> list[navigation.Link]:
        return navigation.links_for(self.actor, self._path)

    @property
    def main_links(self) -> list[navigation.Link]:
        return self.links[: navigation.VISIBLE]

    @property
    def more_links(self) -> list[navigation.Link]:
        return self.links[navigation.VISIBLE :]

    @property
    def phone_links(self) -> list[navigation.Link]:
        return self.links[: navigation.ON_PHONE]

    @property
    def phone_more_links(self) -> list[navigation.Link]:
        return self.links[navigation.ON_PHONE :]

    @property
    def search_url(self) -> str:
        if self.actor.reads_only:
            return ""
        try:
            return reverse("patients:search")
        except NoReverseMatch:
            return ""

    @cached_property
    def unread(self) -> int:
        """How many in-app messages wait unread."""
        return unread_count(self.actor)


NATIVE_NAMES = {"zh-hans": "简体中文", "zh-hant": "繁體中文", "en": "English"}


def scheme_for(request: HttpRequest) -> str:
    """`light` or `dark`: what the reader chose, else what their system was last seen to prefer."""
    theme = request.COOKIES.get("theme", "auto")
    if theme == "auto":
        theme = request.COOKIES.get("scheme", "light")
    return "dark" if theme == "dark" else "light"
