"""What was looked at: the log of sensitive reads, and emergency looks with their review."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from liangyi.platform import subjects
from liangyi.platform.access.models import BreakGlass, Site
from liangyi.platform.access.queries import break_glass_visible_to
from liangyi.platform.actors import Actor
from liangyi.platform.audit.models import ReadLog
from liangyi.platform.audit.queries import reads_visible_to
from liangyi.platform.errors import Missing
from liangyi.platform.subjects import SubjectLabel

PAGE = 50
WHAT = {
    "phone": _("显示完整电话"),
    "identity": _("显示证件号码"),
    "address": _("显示地址"),
    "record": _("打开病历"),
    "break_glass": _("紧急查阅"),
    "pack": _("下载证据包"),
}
REVIEWS = [("", _("待复核")), ("done", _("已复核"))]


@dataclass(frozen=True)
class EmergencyRow:
    """An emergency look and the record it opened."""

    record: BreakGlass
    subject: SubjectLabel


@dataclass(frozen=True)
class ReadRow:
    """One logged read as its reader sees it."""

    read: ReadLog
    what: Any
    subject: SubjectLabel


def emergency_list(actor: Actor, query: Mapping[str, str]) -> dict[str, Any]:
    """One page of emergency looks, the latest first; those not reviewed unless asked otherwise."""
    rows = break_glass_visible_to(actor).select_related("account", "site", "reviewed_by").order_by("-id")
    rows = rows.filter(reviewed_at__isnull=query.get("state") != "done")
    if after := _uuid(query.get("after", "")):
        rows = rows.filter(pk__lt=after)
    page = list(rows[: PAGE + 1])
    following = str(page[PAGE - 1].pk) if len(page) > PAGE else ""
    return {"rows": _emergencies(actor, page[:PAGE]), "after": following, "states": REVIEWS}


def emergency_for(actor: Actor, record: UUID) -> EmergencyRow:
    """One emergency look."""
    rows = break_glass_visible_to(actor).select_related("account", "site", "reviewed_by")
    found = rows.filter(pk=record).first()
    if found is None:
        raise Missing()
    return _emergencies(actor, [found])[0]


def read_list(actor: Actor, site: Site, query: Mapping[str, str]) -> dict[str, Any]:
    """One page of reads at the sites whose log the actor may see, the latest first.

    Filters: `q` begins the person's name, `day` is a day of the active site, `subject` a record's id.
    """
    rows = reads_visible_to(actor)
    if name := query.get("q", "").replace("\x00", "").strip():
        rows = rows.filter(actor_name__startswith=name)
    if subject := _uuid(query.get("subject", "")):
        rows = rows.filter(subject_id=subject)
    if day := _day(query.get("day", "")):
        start = datetime.combine(day, time(), ZoneInfo(site.time_zone))
        rows = rows.filter(at__gte=start, at__lt=start + timedelta(days=1))
    rows = rows.filter(_before(query.get("after", "")))
    page = list(rows[: PAGE + 1])
    last = page[PAGE - 1] if len(page) > PAGE else None
    following = f"{last.at.isoformat()}_{last.pk}" if last else ""
    shown = {name: query.get(name, "") for name in ("q", "day", "subject")}
    return {"rows": _reads(actor, page[:PAGE]), "after": following, **shown}


def _emergencies(actor: Actor, rows: list[BreakGlass]) -> list[EmergencyRow]:
    labels = subjects.labels(actor, {(row.subject_type, row.subject_id) for row in rows})
    return [EmergencyRow(row, labels[row.subject_type, row.subject_id]) for row in rows]


def _reads(actor: Actor, rows: list[ReadLog]) -> list[ReadRow]:
    labels = subjects.labels(actor, {(row.subject_type, row.subject_id) for row in rows})
    return [
        ReadRow(row, WHAT.get(row.what, row.what), labels[row.subject_type, row.subject_id]) for row in rows
    ]


def _before(key: str) -> Q:
    moment, _line, number = key.rpartition("_")
    try:
        at, row_id = datetime.fromisoformat(moment), int(number)
    except ValueError:
        return Q()
    return Q(at__lt=at) | Q(at=at, pk__lt=row_id)


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
