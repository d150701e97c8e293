"""What the screens about inspectors show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.urls import Resolver404, resolve
from django.utils.translation import gettext_lazy as _

from liangyi.domains.governance import queries
from liangyi.domains.governance.models import Inspection
from liangyi.domains.governance.queries import inspecting, packs
from liangyi.domains.governance.rules.inspecting import state_of
from liangyi.domains.governance.subjects import PACK
from liangyi.platform import subjects
from liangyi.platform.actors import Actor
from liangyi.platform.audit.models import ReadLog
from liangyi.platform.documents.signing import current_key
from liangyi.platform.subjects import Subject, SubjectLabel
from liangyi.web.shell.guests import PAGE as WEB_PAGE

STATES = {
    "open": (_("进行中"), "good"),
    "coming": (_("未开始"), "info"),
    "over": (_("已到期"), "quiet"),
    "ended": (_("已提前结束"), "quiet"),
}
DOWNLOAD = "governance:pack_download"
_NONE: Subject = ("", UUID(int=0))
SCREENS = {
    "governance:inspector_home": _("检查首页"),
    "governance:list": _("制度列表"),
    "governance:document": _("制度正文"),
    "governance:compare": _("版本对照"),
    "governance:clause": _("条款"),
    "governance:register": _("条款台账"),
    "governance:board": _("看板"),
    "governance:evidence": _("证据"),
    DOWNLOAD: _("下载证据包"),
    "controls:catalogue": _("规则目录"),
    "controls:control": _("规则"),
    "controls:verdicts": _("裁定列表"),
    "controls:verdict": _("裁定"),
    "controls:breaches": _("违规列表"),
    "controls:breach": _("违规"),
}


@dataclass(frozen=True)
class InspectionRow:
    """An inspection and how it stands."""

    inspection: Inspection
    state: str
    label: Any
    tone: str


@dataclass(frozen=True)
class Look:
    """One page that was opened: which screen, about what, and its address."""

    read: ReadLog
    screen: Any
    subject: SubjectLabel | None
    url: str


def inspection_row(inspection: Inspection, at: datetime) -> InspectionRow:
    """The inspection with its state in words."""
    state = state_of(at, inspection.valid_from, inspection.valid_until, inspection.ended_at)
    return InspectionRow(inspection, state, *STATES[state])


def list_context(actor: Actor, site: Any, at: datetime, after: Any) -> dict[str, Any]:
    """A page of a site's inspections."""
    found = inspecting.inspections_for_list(actor, site, after=after, limit=inspecting.PAGE + 1)
    rows = found[: inspecting.PAGE]
    return {
        "rows": [inspection_row(row, at) for row in rows],
        "next_key": rows[-1].id if len(found) > inspecting.PAGE else None,
    }


def looks(actor: Actor, reads: Sequence[ReadLog]) -> list[Look]:
    """What was opened, as the reader may see it, in a constant number of statements."""
    about = [(read, _view_of(read.what)) for read in reads]
    pairs = {pair for read, view in about if (pair := _subject_of(read, view))}
    labels = subjects.labels(actor, pairs)
    return [
        Look(read, SCREENS.get(view, read.what), labels.get(_subject_of(read, view) or _NONE), _address(read))
        for read, view in about
    ]


def detail_context(actor: Actor, inspection: Inspection, at: datetime, after: str) -> dict[str, Any]:
    """One inspection with a page of what was looked at."""
    found = inspecting.looks_of(inspection, after=after, limit=inspecting.PAGE + 1)
    shown = found[: inspecting.PAGE]
    return {
        "row": inspection_row(inspection, at),
        "looks": looks(actor, shown),
        "next_key": inspecting.look_key(shown[-1]) if len(found) > inspecting.PAGE else None,
    }


def home_context(actor: Actor, inspection: Inspection) -> dict[str, Any]:
    """What an inspector begins with: the policies in force or, before anything is, all of them."""
    policies = list(queries.policies_for_list(actor))
    return {
        "inspection": inspection,
        "policies": policies,
        "packs": packs.packs_of_inspection(actor, inspection.id),
        "key": current_key(),
    }


def _view_of(what: str) -> str:
    try:
        return resolve(what.partition("?")[0]).view_name
    except Resolver404:
        return ""


def _subject_of(read: ReadLog, view: str) -> Subject | None:
    """What the page was about, where it was about one thing."""
    if view == DOWNLOAD:
        return PACK, read.subject_id
    return None if read.subject_type == WEB_PAGE else (read.subject_type, read.subject_id)


def _address(read: ReadLog) -> str:
    return read.what if read.what.startswith("/") else ""
