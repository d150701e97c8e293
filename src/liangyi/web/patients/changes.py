"""The history of a patient in words: who changed what from what to what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Model, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liangyi.domains.patients.models import (
    Alert,
    Allergy,
    Consent,
    ConsentText,
    Guardian,
    IdentityPaper,
    Patient,
    Registration,
)
from liangyi.domains.patients.queries import PatientChart
from liangyi.domains.patients.queries.people import SUBJECT
from liangyi.platform.actors import Actor
from liangyi.platform.audit.models import History, ReadLog
from liangyi.platform.audit.queries import reads_visible_to
from liangyi.platform.phones import mask
from liangyi.web.shell.formats import moment

MOST = 100
HIDDEN = {
    "id", "tokens", "pinyin", "sealed", "blind", "patient_id", "text_id", "guardian_id", "taken_by_id",
    "site_id", "source", "outside_id", "merged_into_id", "is_pseudonymous", "registered_at", "given_at",
    "code",
}  # fmt: skip
PARTS: tuple[tuple[type[Model], Any], ...] = (
    (Patient, gettext_lazy("资料")),
    (Registration, gettext_lazy("建档")),
    (IdentityPaper, gettext_lazy("证件")),
    (Guardian, gettext_lazy("监护人")),
    (Allergy, gettext_lazy("过敏")),
    (Alert, gettext_lazy("提示")),
    (Consent, gettext_lazy("同意书")),
)
BY_TABLE = {model._meta.db_table: (model, title) for model, title in PARTS}
READS = {
    "chart": gettext_lazy("打开档案"),
    "phone": gettext_lazy("查看完整电话"),
    "guardian_phone": gettext_lazy("查看监护人电话"),
    "break_glass": gettext_lazy("紧急查阅"),
}
EXTRA_FIELDS = {
    "ended_at": gettext_lazy("停用"),
    "withdrawn_at": gettext_lazy("撤回"),
    "canonical_id": gettext_lazy("合并到其他档案"),
    "last_four": gettext_lazy("号码后四位"),
}


@dataclass(frozen=True)
class Step:
    """One field of one change, as words; "" where there was nothing."""

    field: Any
    before: str
    after: str


@dataclass(frozen=True)
class Change:
    """One change of one row."""

    at: datetime
    who: str
    reason: str
    part: Any
    verb: Any
    steps: list[Step]


@dataclass(frozen=True)
class Read:
    """Somebody looked."""

    at: datetime
    who: str
    what: Any


def changes_of(chart: PatientChart) -> list[Change]:
    """The newest MOST changes of all rows of the person, in one statement."""
    found = Q()
    for table, ids in _rows_of(chart):
        found |= Q(table=table, row_id__in=[str(row_id) for row_id in ids])
    texts = {str(answer.pk): answer.text for answer in chart.answers}
    shown = (_change(row, texts) for row in History.objects.filter(found).order_by("-id")[:MOST])
    return [change for change in shown if change.steps or change.verb]


def reads_of(actor: Actor, chart: PatientChart) -> list[Read]:
    """Who looked at what, newest first, as far as the reader may see the log."""
    ids = chart.header.person.ids
    rows = reads_visible_to(actor).filter(subject_type=SUBJECT, subject_id__in=ids)[:MOST]
    return [Read(row.at, row.actor_name, _looked_at(row)) for row in rows]


def _looked_at(row: ReadLog) -> Any:
    return READS.get(row.what) or _("查看完整证件号")


def _rows_of(chart: PatientChart) -> Iterator[tuple[str, Iterable[UUID]]]:
    header = chart.header
    yield Patient._meta.db_table, header.person.ids
    yield Registration._meta.db_table, [row.pk for row in header.registrations]
    yield IdentityPaper._meta.db_table, [row.pk for row in chart.papers]
    yield Guardian._meta.db_table, [row.pk for row in chart.guardians]
    yield Consent._meta.db_table, [row.pk for row in chart.answers]
    ended = {"patient__in": header.person.ids}
    yield Allergy._meta.db_table, Allergy.objects.filter(**ended).values_list("pk", flat=True)
    yield Alert._meta.db_table, Alert.objects.filter(**ended).values_list("pk", flat=True)


def _change(row: History, texts: Mapping[str, ConsentText]) -> Change:
    model, part = BY_TABLE[row.table]
    verb = {"I": _("新增"), "D": _("删除")}.get(row.op, "")
    steps = list(_steps(model, row))
    if text := texts.get(row.row_id):
        steps.insert(0, Step(text.title, "", _("第 %(version)d 版") % {"version": text.version}))
    return Change(row.at, row.actor_name, row.reason, part, verb, steps)


def _steps(model: type[Model], row: History) -> Iterator[Step]:
    new = row.new or {}
    changed = (row.old or {}) if row.op != "I" else dict.fromkeys(new)
    for name, before in changed.items():
        after = new.get(name)
        if name in HIDDEN or (before in (None, "") and after in (None, "")):
            continue
        yield Step(_title(model, name), _words(model, name, before), _words(model, name, after))


def _title(model: type[Model], name: str) -> Any:
    if name in EXTRA_FIELDS:
        return EXTRA_FIELDS[name]
    return getattr(model._meta.get_field(name), "verbose_name", name)


def _words(model: type[Model], name: str, value: Any) -> str:
    if value in (None, ""):
        return ""
    if name == "phone":
        return mask(str(value))
    if name == "canonical_id":
        return _("是")
    if name.endswith("_at"):
        return moment(datetime.fromisoformat(value))
    choices = dict(getattr(model._meta.get_field(name), "flatchoices", ()))
    return str(choices.get(value, value))
