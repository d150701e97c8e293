"""What somebody has typed and not yet saved: sealed, their own only, gone after a week."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liangyi.platform.access.models import Draft
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.errors import Denied, Invalid
from liangyi.platform.sealing import SealBroken, seal, unseal

LARGEST = 64 * 1024
KEPT = timedelta(days=7)


class KeptDraft(NamedTuple):
    """A draft opened for its owner."""

    saved_at: datetime
    fields: dict[str, list[str]]


def save_draft(*, actor: Actor, at: datetime, form: str, fields: Mapping[str, Sequence[str]]) -> None:
    """Keep what is typed in `form` in place of what was kept before. Invalid over 64 KB."""
    text = json.dumps({name: list(values) for name, values in fields.items()}, ensure_ascii=False)
    if not form or len(form) > 200 or "\x00" in form:
        raise Invalid({"form": [_("草稿没有可用的名称")]})
    if len(text.encode("utf-8", "surrogatepass")) > LARGEST:
        raise Invalid({"": [_("内容过长，草稿无法保存")]})
    sealed = seal(text.encode("utf-8", "replace").decode())
    owner = _owner(actor)
    with recorded(actor, own=True):
        Draft.objects.update_or_create(
            account_id=owner, form=form, defaults={"sealed": sealed, "saved_at": at}
        )


def draft_for(*, actor: Actor, form: str) -> KeptDraft | None:
    """The actor's own draft of `form`, unless there is none or its key is gone."""
    row = Draft.objects.filter(account=_owner(actor), form=form.replace("\x00", "")).first()
    if row is None:
        return None
    try:
        return KeptDraft(row.saved_at, json.loads(unseal(row.sealed)))
    except SealBroken:
        return None


def discard_draft(*, actor: Actor, form: str) -> None:
    """Forget the actor's draft of `form`, if there is one."""
    with recorded(actor, own=True):
        Draft.objects.filter(account=_owner(actor), form=form.replace("\x00", "")).delete()


def remove_old_drafts(*, actor: Actor, at: datetime) -> int:
    """Clear away drafts that nobody came back to; a job's work."""
    with recorded(actor):
        removed, _rows = Draft.objects.filter(saved_at__lt=at - KEPT).delete()
    return removed


def _owner(actor: Actor) -> UUID:
    if actor.kind != "staff" or actor.id is None:
        raise Denied("access.own_account")
    return actor.id
