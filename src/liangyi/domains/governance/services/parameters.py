"""Clauses set the values of parameters: asked for by one, approved by another, in force by date.

A value counts while its match is confirmed and its clause stands in a version in force. The values of a
parameter are always worked out anew from all of them, so that the strictest holds on every day.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liangyi.domains.governance.enums import NORMATIVE, MatchState, SettingState, VersionState
from liangyi.domains.governance.models import Clause, Match, Setting
from liangyi.domains.governance.permissions import REQUEST_SETTING, policies_visible_to
from liangyi.domains.governance.queries.parameters import (
    Level,
    Stated,
    counted_settings,
    disagreeing,
    levels_of,
    live_settings_of_policy,
    setting_for,
    stated,
)
from liangyi.domains.governance.rules.settings import daily
from liangyi.domains.governance.services.asking import END_KIND, SETTING_KIND
from liangyi.domains.governance.subjects import SETTING
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor, system
from liangyi.platform.approvals import queries as approvals
from liangyi.platform.approvals.events import Decided
from liangyi.platform.approvals.services import request, withdraw
from liangyi.platform.audit.services import recorded
from liangyi.platform.clock import HOME_ZONE, local_day
from liangyi.platform.controls.catalogue import Parameter, controls
from liangyi.platform.controls.parameters import checked, typed_value
from liangyi.platform.controls.setting import NewValue, lock_control, set_values
from liangyi.platform.controls.values import course_for, parameter_named
from liangyi.platform.errors import Conflict, Invalid, Missing

DAY = timedelta(days=1)
LAST_DAY = date(2199, 12, 31)
LONGEST_NOTE = 1000
_OVER = (VersionState.REPLACED, VersionState.RETIRED)


def request_setting(
    *,
    actor: Actor,
    at: datetime,
    match: UUID,
    parameter: str,
    value: Any,
    effective_from: date,
    effective_to: date | None = None,
    site: UUID | None = None,
    note: str = "",
) -> Setting:
    """Ask that a clause's number be what the product goes by, at one site or in the whole group.

    Invalid for a value out of bounds or laxer than the law, for days gone by, and for a control that is
    not built; Conflict without a confirmed match, for a clause that no longer stands, and while the same
    is being asked for.
    """
    actor.require(REQUEST_SETTING, site)
    with recorded(actor, reason=note):
        found = _match_to_set(actor, match)
        declared = _declared(found, parameter)
        today = local_day(at, HOME_ZONE)
        kept = _checked(declared, value, effective_from, effective_to, note, today)
        setting = Setting(
            match=found,
            parameter=parameter,
            site=_site(site),
            value=kept,
            effective_from=effective_from,
            effective_to=effective_to,
            state=SettingState.WAITING,
            note=note.strip(),
            requested_by_id=actor.id,
            requested_at=at,
        )
        _refuse_second(setting)
        setting.save()
        facts = _facts(setting, declared, today)
        _ask(actor, at, SETTING_KIND, setting, facts)
    return setting


def request_end(*, actor: Actor, at: datetime, setting: UUID, ends_on: date, note: str = "") -> Setting:
    """Ask that an approved value no longer hold from `ends_on` on."""
    with recorded(actor, reason=note):
        found = setting_for(actor, setting)
        actor.require(REQUEST_SETTING, found.site_id)
        today = local_day(at, HOME_ZONE)
        if found.state != SettingState.APPROVED or (found.effective_to and found.effective_to < today):
            raise Conflict(_("这个值现在没有在用"))
        if not today <= ends_on <= LAST_DAY:
            raise Invalid({"ends_on": [_("日期不能早于今天")]})
        declared = parameter_named(found.match.control, found.parameter)
        facts = _facts(found, declared, today) | {"ends_on": ends_on.isoformat(), "note": note.strip()}
        _ask(actor, at, END_KIND, found, facts)
    return found


def withdraw_setting(*, actor: Actor, at: datetime, setting: UUID, note: str = "") -> None:
    """Take back what one has asked for: the value, or its end. Conflict when nothing waits any more."""
    with recorded(actor, reason=note):
        found = setting_for(actor, setting)
        asked = _waiting_on(found)
        if asked is None:
            raise Conflict(_("已经有人处理过这份申请"))
        withdraw(actor=actor, at=at, approval=asked, note=note)


def note_decision(event: Decided) -> None:
    """What was decided of a value or its end, in the decider's own frame. A no changes nothing in force."""
    found = Setting.objects.select_for_update().filter(id=event.subject_id).first()
    if found is None:
        return
    actor = system("event:decided")
    if event.kind == END_KIND:
        if event.outcome == "approved" and found.state == SettingState.APPROVED:
            ends_on = date.fromisoformat(_asked_end(event))
            _end(found, max(ends_on, local_day(event.at, HOME_ZONE)), event.at)
            recompute(actor=actor, at=event.at, control=found.match.control)
        return
    if found.state != SettingState.WAITING:
        return
    if event.outcome == "approved":
        _approve(found, event)
        recompute(actor=actor, at=event.at, control=found.match.control)
        return
    is_refused = event.outcome == "refused"
    found.state = SettingState.REFUSED if is_refused else SettingState.WITHDRAWN
    found.decided_by_id, found.decided_at = (event.decided_by if is_refused else None), event.at
    found.decision_note = event.note
    found.save()


def recompute(*, actor: Actor, at: datetime, control: str) -> bool:
    """Work out from today on what clauses set for a control's parameters; whether that changed anything.

    What was in force before today stays as it was. A second run changes nothing.
    """
    declared = controls().get(control)
    if declared is None:
        return False
    since = local_day(at, HOME_ZONE)
    with recorded(actor):
        lock_control(control)
        rows = stated(counted_settings([control]))
        known = {parameter.name for parameter in declared.parameters}
        levels = [level for level in levels_of(row.setting for row in rows) if level[1] in known]
        changed = [_write(actor, at, level, [r for r in rows if r.level == level], since) for level in levels]
    return any(changed)


def follow_policy(*, actor: Actor, at: datetime, policy: UUID) -> None:
    """A version came into force, or the policy was retired: what its clauses set counts or ends.

    What stands in no version any more ends today, and what waits for such a clause is taken back.
    """
    with recorded(actor):
        settings = live_settings_of_policy(policy)
        standing = _standing({setting.match.identity for setting in settings})
        gone = [setting for setting in settings if setting.match.identity not in standing]
        for setting in gone:
            _let_go(setting, at)
        for control in sorted({setting.match.control for setting in settings}):
            recompute(actor=actor, at=at, control=control)


def follow_match(*, actor: Actor, at: datetime, match: UUID) -> None:
    """A match is confirmed again or no longer: what was set from it counts or does not."""
    control = Match.objects.filter(id=match).values_list("control", flat=True).first()
    if control and Setting.objects.filter(match=match).exists():
        recompute(actor=actor, at=at, control=control)


def _match_to_set(actor: Actor, match: UUID) -> Match:
    visible = Match.objects.filter(policy__in=policies_visible_to(actor))
    found = (
        visible.select_for_update(of=("self",)).select_related("clause", "policy").filter(id=match).first()
    )
    if found is None:
        raise Missing()
    if found.state != MatchState.CONFIRMED or not found.control:
        raise Conflict(_("先确认条款对应的控制点，再设定参数"))
    if found.identity not in _standing({found.identity}):
        raise Conflict(_("这一条已不在现行或待施行的版本里"))
    rules = Clause.objects.filter(identity=found.identity, kind__in=NORMATIVE)
    if not rules.exclude(version__state__in=_OVER).exists():
        raise Conflict(_("这一条已改为不是义务也不是禁止：先在审阅中改回类型"))
    return found


def _standing(identities: Iterable[UUID]) -> set[UUID]:
    """Which clauses stand in a version that is in force or may come to be."""
    rows = Clause.objects.filter(identity__in=set(identities), version__policy__retired_at=None)
    return set(rows.exclude(version__state__in=_OVER).values_list("identity", flat=True))


def _declared(match: Match, name: str) -> Parameter:
    control = controls().get(match.control)
    if control is None:
        raise Invalid({"": [_("目录里没有这个控制点")]})
    if control.planned:
        raise Invalid(
            {"": [_("“%(title)s”还没有建成，设了也不起作用：建成后再设") % {"title": control.title}]}
        )
    found = next((parameter for parameter in control.parameters if parameter.name == name), None)
    if found is None:
        raise Invalid({"parameter": [_("请从列表中选择参数")]})
    return found


def _checked(declared: Parameter, value: Any, first: date, last: date | None, note: str, today: date) -> Any:
    """The value as it is kept; Invalid with every complaint at once."""
    problems: dict[str, list[Any]] = {}
    kept = None
    try:
        kept = checked(declared, value)
    except Invalid as error:
        problems |= error.fields
    if first < today:
        problems["effective_from"] = [_("生效日期不能早于今天")]
    elif first > LAST_DAY:
        problems["effective_from"] = [_("日期太远，请核对年份")]
    if last is not None and not first <= last <= LAST_DAY:
        problems["effective_to"] = [_("失效日期不能早于生效日期")]
    if len(note.strip()) > LONGEST_NOTE:
        problems["note"] = [_("最多 %(limit)d 个字") % {"limit": LONGEST_NOTE}]
    if problems:
        raise Invalid(problems)
    return kept


def _site(site: UUID | None) -> Site | None:
    if site is None:
        return None
    found = Site.objects.filter(id=site, is_active=True).first()
    if found is None:
        raise Missing()
    return found


def _refuse_second(setting: Setting) -> None:
    same = Setting.objects.filter(
        match=setting.match, parameter=setting.parameter, site=setting.site, state=SettingState.WAITING
    )
    if same.exists():
        raise Conflict(_("这一条对这个参数已经有一份申请在等待审批"))


def _ask(actor: Actor, at: datetime, kind: str, setting: Setting, facts: dict[str, Any]) -> None:
    request(actor=actor, at=at, kind=kind, site=setting.site_id, subject=(SETTING, setting.id), facts=facts)


def _facts(setting: Setting, declared: Parameter, today: date) -> dict[str, Any]:
    """What the approver reads."""
    match = setting.match
    now = course_for(match.control, setting.parameter, setting.site_id, today)[0].value
    typed = typed_value(declared, setting.value)
    others = disagreeing(
        match, declared, setting.value, setting.site_id, setting.effective_from, setting.effective_to
    )
    return {
        "control": match.control,
        "parameter": setting.parameter,
        "value": str(typed) if declared.kind == "decimal" else typed,
        "now": str(now) if declared.kind == "decimal" else now,
        "site": setting.site.name if setting.site else "",
        "effective_from": setting.effective_from.isoformat(),
        "effective_to": setting.effective_to.isoformat() if setting.effective_to else "",
        "policy": match.policy.title,
        "number": match.clause.number,
        "text": match.clause.text.strip()[:LONGEST_NOTE],
        "note": setting.note,
        "others": [
            {"policy": other.match.policy.title, "number": other.match.clause.number, "value": other.value}
            for other in others
        ],
    }


def _waiting_on(setting: Setting) -> Any:
    subject = (SETTING, setting.id)
    return approvals.waiting_on(subject, SETTING_KIND) or approvals.waiting_on(subject, END_KIND)


def _asked_end(event: Decided) -> str:
    found = next(a for a in approvals.history_of((SETTING, event.subject_id)) if a.id == event.approval_id)
    return str(found.facts["ends_on"])


def _approve(setting: Setting, event: Decided) -> None:
    """From its day on, or from today where that has passed while it waited. What the clause set before
    ends the day before."""
    if setting.match.state != MatchState.CONFIRMED:
        raise Conflict(_("条款已不再对应这个控制点，不能批准"))
    if setting.match.identity not in _standing({setting.match.identity}):
        raise Conflict(_("这一条已不在现行或待施行的版本里"))
    first = max(setting.effective_from, local_day(event.at, HOME_ZONE))
    if setting.effective_to is not None and setting.effective_to < first:
        raise Conflict(_("申请的期限已经过去，不能批准：请退回重新申请"))
    earlier = Setting.objects.select_for_update().filter(
        match=setting.match, parameter=setting.parameter, site=setting.site, state=SettingState.APPROVED
    )
    for row in earlier.order_by("id"):
        if row.effective_to is None or row.effective_to >= first:
            _end(row, first, event.at)
    setting.state, setting.effective_from = SettingState.APPROVED, first
    setting.decided_by_id, setting.decided_at, setting.decision_note = event.decided_by, event.at, event.note
    setting.save()


def _end(setting: Setting, ends_on: date, at: datetime) -> None:
    """It holds no more from `ends_on` on."""
    setting.effective_to = ends_on - DAY
    if setting.effective_to < max(setting.effective_from, local_day(at, HOME_ZONE)):
        setting.state = SettingState.ENDED
    setting.save(update_fields=["effective_to", "state"])


def _let_go(setting: Setting, at: datetime) -> None:
    asked = _waiting_on(setting)
    if asked is not None:
        withdraw(actor=system("clause gone"), at=at, approval=asked, note=str(_("条款已不在现行版本里")))
    setting.refresh_from_db()
    if setting.state == SettingState.APPROVED:
        _end(setting, local_day(at, HOME_ZONE), at)


def _write(actor: Actor, at: datetime, level: Level, rows: Iterable[Stated], since: date) -> bool:
    control, name, site = level
    claims = [claim for row in rows for claim in row.claims]
    values = [
        NewValue(claim.value, claim.first, claim.last, (SETTING, claim.setting))
        for claim in daily(parameter_named(control, name), claims, since)
    ]
    return set_values(
        actor=actor, at=at, control=control, parameter=name, site=site, since=since, values=values
    )
