"""What the screens of parameters show."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from liangyi.domains.governance.enums import MatchState
from liangyi.domains.governance.models import Match, Setting
from liangyi.domains.governance.permissions import REQUEST_SETTING
from liangyi.domains.governance.queries.parameters import (
    Conflict,
    Level,
    conflicts,
    counted_settings,
    disagreeing,
    matches_for_control,
    settable_controls,
    settings_of,
    stated,
    waiting_settings,
)
from liangyi.domains.governance.services.asking import END_KIND, disagreement, shown_value
from liangyi.domains.governance.subjects import SETTING
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.approvals import queries as approvals
from liangyi.platform.approvals.models import Approval
from liangyi.platform.controls.catalogue import Control, Parameter, controls
from liangyi.platform.controls.models import ParameterValue
from liangyi.platform.controls.parameters import bound_problem, checked, course, in_force, typed_value
from liangyi.platform.controls.values import parameter_named, spans_of, values_for
from liangyi.platform.errors import Invalid, Missing
from liangyi.web.governance.forms.parameters import legal_words, place_of, rule_of
from liangyi.web.organisation.fields import shown_name

TONES = {
    "waiting": "waiting",
    "approved": "good",
    "refused": "danger",
    "withdrawn": "quiet",
    "ended": "quiet",
}


@dataclass(frozen=True)
class Change:
    """A value that is still to come."""

    day: date
    value: str


@dataclass(frozen=True)
class Row:
    """One parameter at one place, as it stands today."""

    control: Control
    parameter: Parameter
    value: str
    default: str
    where: str
    legal: str
    source: Setting | None
    coming: Sequence[Change]
    conflicts: Sequence[Conflict]
    waiting: int

    @property
    def is_default(self) -> bool:
        """Nobody has set it."""
        return not self.where


@dataclass(frozen=True)
class Past:
    """A value on the time line."""

    row: ParameterValue
    value: str
    where: str
    source: Setting | None
    tone: str
    state: str


@dataclass(frozen=True)
class SettingRow:
    """What a clause sets, with its state in words."""

    setting: Setting
    title: str
    value: str
    where: str
    tone: str
    approval: Approval | None
    is_mine: bool
    disagreements: Sequence[str]

    @property
    def is_ending(self) -> bool:
        """Its end waits for approval."""
        return self.approval is not None and self.approval.kind == END_KIND


@dataclass(frozen=True)
class _Known:
    """What is read once for a page."""

    values: Sequence[ParameterValue]
    settings: Mapping[UUID, Setting]
    conflicts: Mapping[Level, Conflict]
    waiting: Sequence[Setting]


def sites_of(actor: Actor) -> list[Site]:
    """The sites the actor works at, by name. One statement."""
    return list(Site.objects.filter(id__in=list(actor.grants), is_active=True).order_by("name", "id"))


def overview(actor: Actor, site: UUID | None, today: date) -> list[Row]:
    """Every parameter of every built control, as it stands at a site or in the group. Four statements."""
    found = settable_controls()
    known = _known(actor, [control.code for control in found], [site] if site else [], today)
    return [_row(control, each, site, known, today) for control in found for each in control.parameters]


def parameter_for(code: str, name: str) -> tuple[Control, Parameter]:
    """A parameter of a built control; Missing without one."""
    control = controls().get(code)
    try:
        found = parameter_named(code, name)
    except KeyError:
        raise Missing() from None
    if control is None or control.planned:
        raise Missing()
    return control, found


def detail(actor: Actor, control: Control, parameter: Parameter, today: date) -> dict[str, Any]:
    """One parameter: by site, over time, the clauses that may set it, what waits, what disagrees."""
    sites = sites_of(actor)
    known = _known(actor, [control.code], [site.id for site in sites], today)
    mine = [row for row in known.values if row.parameter == parameter.name]
    places: list[tuple[str, UUID | None]] = [(_("全集团"), None), *((shown_name(s), s.id) for s in sites)]
    rows = [(name, _row(control, parameter, site, known, today)) for name, site in places]
    waiting = [setting for setting in known.waiting if setting.parameter == parameter.name]
    levels = {(control.code, parameter.name, site) for _name, site in places}
    return {
        "control": control,
        "parameter": parameter,
        "rule": rule_of(parameter),
        "default": shown_value(parameter, parameter.default),
        "places": rows,
        "timeline": [_past(row, parameter, known.settings, today) for row in mine],
        "waiting": setting_rows(actor, waiting),
        "conflicts": [known.conflicts[level] for level in levels if level in known.conflicts],
        "matches": matches_for_control(actor, control.code),
    }


def setting_rows(actor: Actor, settings: Sequence[Setting]) -> list[SettingRow]:
    """Settings with what is being asked about them now. Two statements, none for none."""
    if not settings:
        return []
    asked = {
        approval.subject_id: approval
        for approval in approvals.histories_of(SETTING, [setting.id for setting in settings])
        if approval.state == "waiting"
    }
    return [_setting_row(actor, setting, asked.get(setting.id)) for setting in settings]


def rows_of_clause(actor: Actor, identity: UUID, today: date) -> list[SettingRow]:
    """What a clause sets, would set or has set, with what other clauses say. Six statements at most."""
    found = settings_of(identity)
    if not found:
        return []
    others = conflicts(stated(counted_settings({setting.match.control for setting in found})), today)
    rows = setting_rows(actor, found)
    return [_with_disagreements(row, others) for row in rows]


def settable_matches(actor: Actor, identity: UUID) -> list[tuple[UUID, Any]]:
    """The matches of a clause from which the actor may ask for a value, with their controls' titles. One
    statement, none for whoever may not."""
    if not actor.may(REQUEST_SETTING, actor.site):
        return []
    settable = {control.code: control.title for control in settable_controls()}
    rows = Match.objects.filter(identity=identity, state=MatchState.CONFIRMED, control__in=settable)
    return [(match, settable[code]) for match, code in rows.order_by("control").values_list("id", "control")]


def effect(match: Match, sites: Sequence[Site], typed: Mapping[str, Any], today: date) -> dict[str, Any]:
    """What a value would do, before it is asked for: what it replaces, and where clauses disagree."""
    try:
        _control, parameter = parameter_for(match.control, str(typed.get("parameter", "")))
        value = typed_value(parameter, checked(parameter, typed.get("value", "")))
        first = date.fromisoformat(str(typed.get("effective_from", "")))
        last = date.fromisoformat(str(typed["effective_to"])) if typed.get("effective_to") else None
        site = place_of(str(typed.get("site", "")))
    except (Invalid, Missing, ValueError):
        return {}
    if bound_problem(parameter, value) or (site and site not in {each.id for each in sites}):
        return {}
    rows = [
        row for row in values_for([match.control], [s.id for s in sites]) if row.parameter == parameter.name
    ]
    here = [row for row in rows if row.site_id in (None, site)]
    others = disagreeing(match, parameter, value, site, first, last)
    return {
        "now": shown_value(parameter, course(spans_of(here), parameter.default, today)[0].value),
        "value": shown_value(parameter, value),
        "first": first,
        "disagreements": [
            disagreement(parameter, o.match.policy.title, o.match.clause.number, o.value) for o in others
        ],
        "own": [] if site else _own_values(rows, sites, parameter, max(first, today)),
    }


def settable_sites(actor: Actor, sites: Sequence[Site]) -> list[tuple[UUID, str]]:
    """Where the actor may ask for a value."""
    return [(site.id, shown_name(site)) for site in sites if actor.may(REQUEST_SETTING, site.id)]


def _own_values(
    rows: Sequence[ParameterValue], sites: Sequence[Site], parameter: Parameter, day: date
) -> list[tuple[str, str]]:
    """Sites with a value of their own, which the group's does not touch."""
    found = []
    for site in sites:
        span = in_force(spans_of(row for row in rows if row.site_id == site.id), day)
        if span is not None:
            found.append((shown_name(site), shown_value(parameter, span.value)))
    return found


def _known(actor: Actor, codes: Sequence[str], sites: Sequence[UUID], today: date) -> _Known:
    approved = counted_settings(codes)
    return _Known(
        values=values_for(codes, sites),
        settings={setting.id: setting for setting in approved},
        conflicts=conflicts(stated(approved), today),
        waiting=waiting_settings(actor, codes),
    )


def _row(control: Control, parameter: Parameter, site: UUID | None, known: _Known, today: date) -> Row:
    level = (control.code, parameter.name)
    values = [
        row for row in known.values if (row.control, row.parameter) == level and row.site_id in (None, site)
    ]
    spans = spans_of(values)
    span = in_force(spans, today)
    holds = values[spans.index(span)] if span is not None else None
    steps = course(spans, parameter.default, today)
    found = [known.conflicts.get((*level, place)) for place in dict.fromkeys((site, None))]
    return Row(
        control=control,
        parameter=parameter,
        value=shown_value(parameter, steps[0].value),
        default=shown_value(parameter, parameter.default),
        where="" if holds is None else _where(holds.site),
        legal=legal_words(parameter),
        source=known.settings.get(holds.source_id) if holds is not None and holds.source_id else None,
        coming=[Change(step.first, shown_value(parameter, step.value)) for step in steps[1:]],
        conflicts=[each for each in found if each is not None],
        waiting=sum(
            (s.match.control, s.parameter) == level and s.site_id in (None, site) for s in known.waiting
        ),
    )


def _where(site: Site | None) -> str:
    return shown_name(site) if site is not None else _("全集团")


def _past(row: ParameterValue, parameter: Parameter, settings: Mapping[UUID, Setting], today: date) -> Past:
    if row.effective_from > today:
        tone, state = "waiting", _("将生效")
    elif row.effective_to is not None and row.effective_to < today:
        tone, state = "quiet", _("已失效")
    else:
        tone, state = "good", _("生效中")
    source = settings.get(row.source_id) if row.source_id else None
    return Past(row, shown_value(parameter, row.value), _where(row.site), source, tone, state)


def _setting_row(actor: Actor, setting: Setting, approval: Approval | None) -> SettingRow:
    try:
        parameter: Parameter | None = parameter_named(setting.match.control, setting.parameter)
    except KeyError:
        parameter = None
    return SettingRow(
        setting=setting,
        title=str(parameter.title) if parameter is not None else setting.parameter,
        value=shown_value(parameter, setting.value),
        where=_where(setting.site),
        tone=TONES[setting.state],
        approval=approval,
        is_mine=approval is not None and actor.id is not None and approval.requested_by_id == actor.id,
        disagreements=(),
    )


def _with_disagreements(row: SettingRow, found: Mapping[Level, Conflict]) -> SettingRow:
    setting = row.setting
    conflict = found.get((setting.match.control, setting.parameter, setting.site_id))
    if conflict is None or setting.id not in {each.id for each in conflict.settings}:
        return row
    texts = [
        disagreement(conflict.parameter, other.match.policy.title, other.match.clause.number, other.value)
        for other in conflict.settings
        if other.id != setting.id and other.value != setting.value
    ]
    return SettingRow(**{**row.__dict__, "disagreements": texts})
