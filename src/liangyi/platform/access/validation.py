"""Turning a model's own validation into errors the caller can be told."""

from __future__ import annotations

from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext_lazy as _

from liangyi.platform.errors import Invalid


def check_row(row: Model, *, exclude: Collection[str] = ()) -> None:
    """Raise Invalid by field where the row breaks its fields' rules or its constraints."""
    nul = [f.name for f in row._meta.concrete_fields if "\x00" in str(getattr(row, f.attname, ""))]
    if nul:
        raise Invalid({name: [_("包含无法保存的字符")] for name in nul})
    try:
        row.full_clean(exclude=set(exclude))
    except ValidationError as error:
        fields = error.message_dict
        raise Invalid({"" if name == "__all__" else name: texts for name, texts in fields.items()}) from error


def written_reason(reason: str, *, least: int = 1) -> str:
    """The reason without surrounding blanks; Invalid when it has fewer than `least` characters."""
    text = reason.strip()
    if len(text) < least:
        raise Invalid({"reason": [_("请写明原因（至少 %(least)d 个字）") % {"least": least}]})
    if len(text) > 2000 or "\x00" in text:
        raise Invalid({"reason": [_("原因过长或包含无法保存的字符")]})
    return text
