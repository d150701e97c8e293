"""The work that controls open."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from liangyi.platform.controls.catalogue import controls
from liangyi.platform.controls.models import Override
from liangyi.platform.controls.services import REVIEW_KIND
from liangyi.platform.controls.watches import BREACH_KIND
from liangyi.platform.worklist.kinds import WorkKind, register
from liangyi.platform.worklist.models import WorkItem


def title_of(code: str) -> str:
    """A control's title in the reader's language; its code once it has left the catalogue."""
    control = controls().get(code)
    return str(control.title) if control else code


def _review_title(facts: Mapping[str, Any]) -> str:
    return _("复核越过的闸口：%(controls)s") % {
        "controls": "、".join(map(title_of, facts.get("controls", [])))
    }


def _breach_title(facts: Mapping[str, Any]) -> str:
    return _("处理违规：%(control)s") % {"control": title_of(facts.get("control", ""))}


def _both_people(item: WorkItem) -> set[UUID]:
    """Whoever set a refusal aside does not review it."""
    pairs = Override.objects.filter(verdict=item.subject_id).values_list("account", "second")
    return {account for pair in pairs for account in pair}


register(
    WorkKind(
        REVIEW_KIND,
        _review_title,
        lambda item: f"/controls/verdicts/{item.subject_id}/",
        needs_note=True,
        not_by=_both_people,
    )
)
register(WorkKind(BREACH_KIND, _breach_title, lambda item: f"/controls/breaches/{item.subject_id}/"))
