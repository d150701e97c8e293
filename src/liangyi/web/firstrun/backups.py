"""How backups stand, for whoever runs the house."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from liangyi.platform.jobs.models import BackupRun
from liangyi.platform.jobs.queries import PAGE, BackupState, backup_runs, backup_state
from liangyi.web.shell import formats


@dataclass(frozen=True)
class Line:
    """One run as the list shows it."""

    run: BackupRun
    word: Any
    tone: str


def backup_page(at: datetime, after: str) -> dict[str, Any]:
    """The runs, and how things stand now."""
    runs = backup_runs(after=_key(after), limit=PAGE)
    state = backup_state(at)
    return {
        "rows": [_line(run) for run in runs],
        "after": runs[-1].id if len(runs) == PAGE else "",
        "state": state,
        "is_missing": state.is_missing(at),
    }


def said(state: BackupState) -> Any:
    """One line on the last backup."""
    if state.failed is not None and state.last is not None:
        days = {
            "failed": formats.moment(state.failed.started_at),
            "day": formats.moment(state.last.started_at),
        }
        return _("%(failed)s 备份失败，最近一次成功：%(day)s") % days
    if state.failed is not None:
        return _("%(failed)s 备份失败") % {"failed": formats.moment(state.failed.started_at)}
    if state.last is None:
        return _("还没有备份；每夜 02:30 自动备份")
    size = filesizeformat(state.last.size)
    return _("最近一次：%(day)s，%(size)s") % {"day": formats.moment(state.last.started_at), "size": size}


def is_good(state: BackupState, at: datetime) -> bool:
    """Whether there is a backup, young enough, and no later attempt has failed."""
    return state.last is not None and state.failed is None and not state.is_missing(at)


def _line(run: BackupRun) -> Line:
    if run.outcome == BackupRun.Outcome.MADE:
        return Line(run, run.get_outcome_display(), "good")
    if run.made_good_at is not None:
        return Line(run, _("已补做"), "quiet")
    return Line(run, run.get_outcome_display(), "danger")


def _key(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
