"""The components every page is made of: `{% load shell %}`. docs/screens.md shows each."""

from __future__ import annotations

import json
from typing import Any

from django import template
from django.conf import settings
from django.forms import (
    BoundField,
    CheckboxInput,
    CheckboxSelectMultiple,
    RadioSelect,
    Select,
)
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from liangyi.platform.errors import Refusal, Refused
from liangyi.web.shell import assets, formats
from liangyi.web.shell.frame import NATIVE_NAMES, scheme_for
from liangyi.web.shell.overriding import offer_for
from liangyi.web.shell.refusals import ShownRefusal, shown
from liangyi.web.shell.signin import IDLE_MINUTES

register = template.Library()

for _filter in (
    formats.moment, formats.day, formats.hour, formats.weekday, formats.minutes, formats.span,
    formats.since, formats.yuan, formats.masked_phone, formats.device, formats.listed,
):  # fmt: skip
    register.filter(_filter.__name__, _filter)

TONES = {"good": "check", "waiting": "clock", "danger": "alert-triangle", "info": "info-circle", "quiet": ""}


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """`{% icon "calendar" %}`: a Tabler icon, decorative (hidden from screen readers)."""
    return format_html(
        '<svg class="icon {}" aria-hidden="true" focusable="false"><use href="{}#{}"></use></svg>',
        css,
        assets.sprite_url(),
        name,
    )


@register.simple_tag
def asset_url(name: str) -> str:
    """The address of a built file that is not an entry: `favicon.svg`."""
    return assets.asset_url(name)


@register.simple_tag(takes_context=True)
def scheme(context: Context) -> str:
    """`light` or `dark`."""
    request = context.get("request")
    return scheme_for(request) if request else "light"


@register.simple_tag
def csrf_cookie() -> str:
    """The cookie that always holds the present token, even when another tab has signed in anew."""
    return settings.CSRF_COOKIE_NAME


@register.simple_tag
def native_languages() -> list[tuple[str, str]]:
    """The languages, each by its own name."""
    return list(NATIVE_NAMES.items())


@register.simple_tag
def idle_minutes() -> int:
    """After how many idle minutes the reader is signed out."""
    return IDLE_MINUTES


@register.filter
def site_name(thing: Any) -> str:
    """The name of a site, role or service in the reader's language."""
    return formats.named(thing)


@register.filter
def initial(name: str) -> str:
    """The first letter of a name, for the round mark."""
    return name.strip()[:1].upper()


@register.inclusion_tag("shell/components/field.html")
def form_field(field: BoundField, **options: Any) -> dict[str, Any]:
    """Label above, control, help under, errors in red. `prefix=`/`suffix=` put a unit beside the control."""
    widget = field.field.widget
    if _is_group(widget):
        widget.attrs.setdefault("class", "form-check-input")
        return {"field": field, "kind": "group", **options}
    kind = "check" if isinstance(widget, CheckboxInput) else "plain"
    return {"field": field, "kind": kind, "control": field.as_widget(attrs=_attrs(field)), **options}


@register.inclusion_tag("shell/components/form_alerts.html", takes_context=True)
def form_alerts(context: Context, form: Any) -> dict[str, Any]:
    """What the service said about the whole form: refusal panel, conflict, errors. Above the buttons."""
    outcome = getattr(context.get("request"), "outcome", None)
    mine = outcome if outcome is not None and outcome.form is form else None
    return {"form": form, "outcome": mine, "request": context.get("request")}


@register.inclusion_tag("shell/components/form_actions.html")
def form_actions(verb: str, cancel: str = "", tone: str = "primary", icon: str = "") -> dict[str, Any]:
    """The main button bottom right, named by its verb; `cancel` is the address to go back to."""
    return {"verb": verb, "cancel": cancel, "tone": tone, "icon": icon}


@register.inclusion_tag("shell/components/refusal.html", takes_context=True)
def refusal(
    context: Context, refused: Refused | Refusal, again: str = "", target: str = ""
) -> dict[str, Any]:
    """The refusal panel: what, why, which clause, how to put it right, who may override, and how.

    It stands in the form that was refused; outside of any, `again` is the address to send it to once
    more, and `target` the id of what the answer replaces.
    """
    request = context.get("request")
    refusals: list[ShownRefusal] = shown(refused, getattr(request, "actor", None))
    offer = offer_for(request, refused) if request and getattr(request, "outcome", None) else None
    return {"refusals": refusals, "offer": offer, "again": again, "target": target, "request": request}


@register.inclusion_tag("shell/components/empty_state.html")
def empty_state(
    title: str, text: str = "", icon: str = "inbox", url: str = "", verb: str = ""
) -> dict[str, Any]:
    """An empty list says what to do first."""
    return {"title": title, "text": text, "icon": icon, "url": url, "verb": verb}


@register.simple_tag
def status_badge(text: str, tone: str = "quiet") -> SafeString:
    """A state in words, colour and icon. Tones: good, waiting, danger, info, quiet."""
    mark = icon(TONES[tone]) if TONES.get(tone) else ""
    return format_html('<span class="status status-tone-{}">{}{}</span>', tone, mark, text)


@register.inclusion_tag("shell/components/chips.html", takes_context=True)
def chips(context: Context, name: str, choices: Any, label: str = "") -> dict[str, Any]:
    """Filter chips kept in the URL: `choices` are (value, text[, count]); the chosen one can be unset."""
    query = context["request"].GET
    rows = [(str(choice[0]), choice[1], choice[2] if len(choice) > 2 else None) for choice in choices]
    return {
        "label": label,
        "chips": [
            {
                "text": text,
                "count": count,
                "is_on": query.get(name, "") == value,
                "url": _query(query, name, value),
            }
            for value, text, count in rows
        ],
    }


@register.inclusion_tag("shell/components/load_more.html", takes_context=True)
def load_more(context: Context, after: Any, target: str = "rows") -> dict[str, Any]:
    """A button that appends the next page of `#<target>`; nothing when `after` (the last key) is empty."""
    url = _query(context["request"].GET, "after", str(after)) if after else ""
    return {"url": url, "target": target}


@register.simple_tag(takes_context=True)
def query_with(context: Context, **values: Any) -> str:
    """This page's query string with some values replaced: `?day=2026-11-21&view=room`."""
    query = context["request"].GET.copy()
    for name, value in values.items():
        query.pop(name, None)
        if value not in (None, ""):
            query[name] = str(value)
    return f"?{query.urlencode()}"


@register.simple_tag(takes_context=True)
def may(context: Context, permission: str) -> bool:
    """`{% may "patients.register" as can_register %}`: held at the active site."""
    actor = getattr(context["request"], "actor", None)
    return actor is not None and (
        actor.is_system or (actor.site is not None and actor.may(permission, actor.site))
    )


@register.filter
def json_attribute(value: Any) -> str:
    """`value` as JSON for a data- attribute (escaped by the template)."""
    return json.dumps(value, ensure_ascii=False, default=str)


class CaptureNode(template.Node):
    """Renders once and keeps the text for the whole page, so that a block can stand in two places."""

    child_nodelists = ("nodelist",)

    def __init__(self, nodelist: NodeList, name: str) -> None:
        self.nodelist = nodelist
        self.name = name

    def render(self, context: Context) -> SafeString:
        context.dicts[0][self.name] = mark_safe(self.nodelist.render(context).strip())  # noqa: S308 already escaped once
        return mark_safe("")


@register.tag
def capture(parser: Parser, token: Token) -> CaptureNode:
    """`{% capture name %}…{% endcapture %}`."""
    _tag, name = token.split_contents()
    nodelist = parser.parse(("endcapture",))
    parser.delete_first_token()
    return CaptureNode(nodelist, name)


def _query(query: Any, name: str, value: str) -> str:
    changed = query.copy()
    changed.pop("after", None)
    if changed.get(name, "") == value and name != "after":
        changed.pop(name, None)
    else:
        changed[name] = value
    return f"?{changed.urlencode()}"


def _is_group(widget: Any) -> bool:
    return isinstance(widget, RadioSelect | CheckboxSelectMultiple)


def _attrs(field: BoundField) -> dict[str, str | bool]:
    """Classes beside those the form's author gave, and what ties help and errors to the control."""
    widget = field.field.widget
    classes = [_base_class(widget), widget.attrs.get("class", ""), "is-invalid" if field.errors else ""]
    ids = [f"{field.auto_id}_help"] if field.help_text else []
    ids += [f"{field.auto_id}_error"] if field.errors else []
    attrs: dict[str, str | bool] = {"class": " ".join(filter(None, classes))}
    if ids:
        attrs["aria-describedby"] = " ".join(ids)
    if field.errors:
        attrs["aria-invalid"] = "true"
    return attrs


def _base_class(widget: Any) -> str:
    if isinstance(widget, CheckboxInput):
        return "form-check-input"
    return "form-select" if isinstance(widget, Select) else "form-control"
