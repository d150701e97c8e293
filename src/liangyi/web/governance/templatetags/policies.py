"""What the policy screens share: `{% load policies %}`."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context
from django.urls import NoReverseMatch, resolve, reverse
from django.utils.translation import gettext_lazy as _

register = template.Library()

TABS = (
    ("list", _("制度")),
    ("register", _("条款台账")),
    ("board", _("看板")),
    ("parameters", _("参数")),
    ("laws", _("法规")),
    ("inspections", _("检查")),
    ("packs", _("证据包")),
)


@register.simple_tag(takes_context=True)
def policy_tabs(context: Context) -> list[tuple[str, Any, str]]:
    """(code, title, address) of the screens that there are and the reader may open."""
    actor = getattr(context.get("request"), "actor", None)
    return [(name, title, url) for name, title in TABS if (url := _open_to(actor, name))]


def _open_to(actor: Any, name: str) -> str:
    try:
        url = reverse(f"governance:{name}")
    except NoReverseMatch:
        return ""
    permission = getattr(resolve(url).func, "permission", None)
    if actor is None or actor.site is None:
        return ""
    return url if permission is None or actor.may(permission, actor.site) else ""
