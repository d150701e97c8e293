"""The templates of everything the product says to people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from string import Formatter
from typing import TYPE_CHECKING, Any

from django.utils.translation import override

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True)
class MessageTemplate:
    """`subject` and `body` are lazy Chinese texts with {params}; each is rendered in its receiver's language.

    Params are plain names and their values plain texts or numbers, already written as the receiver
    should read them (2026-11-21 14:30). Never a phone or identity number.
    """

    code: str
    subject: StrPromise
    body: StrPromise

    @cached_property
    def params(self) -> frozenset[str]:
        """The names both texts use in the source language."""
        with override("zh-hans"):
            texts = f"{self.subject}\n{self.body}"
        return frozenset(
            name for _text, name, _spec, _conversion in Formatter().parse(texts) if name is not None
        )


@dataclass(frozen=True)
class Text:
    """What the receiver reads."""

    subject: str
    body: str


_templates: dict[str, MessageTemplate] = {}


def register(template: MessageTemplate) -> MessageTemplate:
    """Declare a template; its code is taken once and its params are plain names."""
    if template.code in _templates:
        raise ValueError(f"message template {template.code} is already registered")
    odd = sorted(name for name in template.params if not name.isidentifier())
    if odd:
        raise ValueError(f"message template {template.code}: not plain names: {odd}")
    _templates[template.code] = template
    return template


def templates() -> Mapping[str, MessageTemplate]:
    """Every template by code."""
    return _templates


def render(code: str, params: Mapping[str, Any], language: str) -> Text:
    """The text in `language`. A subject is one line, whatever its values contain."""
    template = _templates[code]
    values = _Values(params)
    with override(language):
        subject, body = str(template.subject), str(template.body)
    return Text(" ".join(subject.format_map(values).split()), body.format_map(values))


class _Values(dict[str, Any]):
    """A name a translation invents shows nothing instead of failing."""

    def __missing__(self, key: str) -> str:
        return ""
