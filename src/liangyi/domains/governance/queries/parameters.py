"""The values that clauses set: which hold, which wait, and where two clauses disagree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from liangyi.domains.governance.enums import MatchState, SettingState, VersionState
from liangyi.domains.governance.models import Clause, Match, Setting
from liangyi.domains.governance.permissions import policies_visible_to
from liangyi.domains.governance.rules.settings import Claim, Period, overlap, prevailing, within
from liangyi.platform.actors import Actor
from liangyi.platform.clock import HOME_ZONE, local_day
from liangyi.platform.controls.catalogue import Control, Parameter, controls
from liangyi.platform.controls.parameters import typed_value
from liangyi.platform.controls.values import parameter_named
from liangyi.platform.errors import Missing

DAY = timedelta(days=1)
COUNTED = (SettingState.APPROVED, SettingState.ENDED)
_GONE_BY = (VersionState.RELEASED, VersionState.REPLACED, VersionState.RETIRED)

Level = tuple[str, str, UUID | None]
"""Control, parameter, and the site or None for the group."""


@dataclass(frozen=True)
class Stated:
    """A setting and the days on which it counts; none while its policy is not in force."""

    setting: Setting
    claims: tuple[Claim, ...]

    @property
    def level(self) -> Level:
        """Where it belongs."""
        return self.setting.match.control, self.setting.parameter, self.setting.site_id

    def counts_from(self, day: date) -> bool:
        """Whether it counts on `day` or later."""
        return any(overlap(claim, day, None) for claim in self.claims)


@dataclass(frozen=True)
class Conflict:
    """Clauses in force that set different values for one parameter at one level, and which one holds."""

    control: Control
    parameter: Parameter
    settings: tuple[Setting, ...]
    holds: Setting

    @property
    def is_comparable(self) -> bool:
        """Whether the strictest holds; else the one that took effect last."""
        return bool(self.parameter.stricter)


def settings_of(identity: UUID) -> list[Setting]:
    """What a clause sets or would set, the newest request first. One statement."""
    return list(_whole(Setting.objects.filter(match__identity=identity)))


def stated(settings: Iterable[Setting]) -> list[Stated]:
    """Settings with the days they count on. One statement."""
    rows = list(settings)
    periods = in_force_periods({setting.match.identity for setting in rows})
    return [Stated(row, tuple(_claims(row, periods.get(row.match.identity, ())))) for row in rows]


def counted_settings(codes: Collection[str] | None = None) -> list[Setting]:
    """All that were ever approved, of all controls or of these. One statement."""
    rows = Setting.objects.filter(state__in=COUNTED, decided_at__isnull=False)
    return list(_whole(rows if codes is None else rows.filter(match__control__in=codes)))


def waiting_settings(actor: Actor, codes: Collection[str] | None = None) -> list[Setting]:
    """What waits for approval, for whoever reads policies. One statement."""
    rows = Setting.objects.filter(state=SettingState.WAITING, match__policy__in=policies_visible_to(actor))
    return list(_whole(rows if codes is None else rows.filter(match__control__in=codes)))


def setting_for(actor: Actor, setting: UUID) -> Setting:
    """One setting; Missing when it is not there or not for this actor."""
    found = _whole(Setting.objects.filter(id=setting, match__policy__in=policies_visible_to(actor))).first()
    if found is None or (found.site_id and not actor.is_system and found.site_id not in actor.grants):
        raise Missing()
    return found


def match_to_set(actor: Actor, match: UUID) -> Match:
    """A match with its clause and policy, for setting values from it."""
    rows = Match.objects.filter(policy__in=policies_visible_to(actor))
    found = rows.select_related("clause__version", "policy").defer("clause__version__text")
    row = found.filter(id=match).first()
    if row is None:
        raise Missing()
    return row


def matches_for_control(actor: Actor, control: str) -> list[Match]:
    """The clauses that were confirmed to speak of a control, by policy. One statement."""
    rows = Match.objects.filter(
        policy__in=policies_visible_to(actor), control=control, state=MatchState.CONFIRMED
    )
    found = rows.select_related("clause__version", "policy").defer("clause__version__text")
    return list(found.order_by("policy__title", "clause__position", "id"))


def in_force_periods(identities: Collection[UUID]) -> dict[UUID, list[Period]]:
    """On which days each clause was or is gone by, whatever version it stood in. One statement."""
    if not identities:
        return {}
    rows = Clause.objects.filter(
        identity__in=identities,
        version__state__in=_GONE_BY,
        version__released_at__isnull=False,
        version__effective_from__isnull=False,
    )
    columns = ("identity", "version__effective_from", "version__released_at", "version__ended_at")
    found: dict[UUID, list[Period]] = defaultdict(list)
    for identity, first, released, ended in rows.order_by("version__number").values_list(*columns):
        since = max(first, local_day(released, HOME_ZONE))
        until = local_day(ended, HOME_ZONE) - DAY if ended else None
        if until is None or since <= until:
            found[identity].append(Period(since, until))
    return dict(found)


def conflicts(settings: Iterable[Stated], on: date) -> dict[Level, Conflict]:
    """Where clauses disagree on `on` or will later, by level."""
    by_level: dict[Level, list[Stated]] = defaultdict(list)
    for one in settings:
        if one.counts_from(on):
            by_level[one.level].append(one)
    found = {level: _conflict(level, rows, on) for level, rows in by_level.items()}
    return {level: conflict for level, conflict in found.items() if conflict is not None}


def disagreeing(
    match: Match, parameter: Parameter, value: Any, site: UUID | None, first: date, last: date | None
) -> list[Setting]:
    """What other clauses set differently for the same parameter and level in that time. Two statements."""
    rows = [
        row
        for row in stated(counted_settings([match.control]))
        if row.level == (match.control, parameter.name, site)
        and row.setting.match_id != match.id
        and row.setting.value != value
    ]
    return [row.setting for row in rows if any(overlap(claim, first, last) for claim in row.claims)]


def settable_controls() -> list[Control]:
    """Every control that is built and has parameters, by code."""
    found = [control for control in controls().values() if control.parameters and not control.planned]
    return sorted(found, key=lambda control: control.code)


def _conflict(level: Level, rows: Sequence[Stated], on: date) -> Conflict | None:
    """The first day that two of them share with different values decides which is said to hold."""
    claims = [(claim, row.setting) for row in rows for claim in row.claims if overlap(claim, on, None)]
    try:
        parameter = parameter_named(level[0], level[1])
    except KeyError:
        return None
    for day in sorted({max(claim.first, on) for claim, _setting in claims}):
        live = [(claim, setting) for claim, setting in claims if claim.covers(day)]
        if len({str(typed_value(parameter, claim.value)) for claim, _setting in live}) > 1:
            best = prevailing(parameter, [claim for claim, _setting in live])
            by_id = {setting.id: setting for _claim, setting in live}
            if best is not None:
                return Conflict(controls()[level[0]], parameter, tuple(by_id.values()), by_id[best.setting])
    return None


def _claims(setting: Setting, periods: Iterable[Period]) -> list[Claim]:
    if setting.decided_at is None or setting.state not in COUNTED:
        return []
    last = setting.effective_to
    if setting.match.state != MatchState.CONFIRMED:
        rejected = local_day(setting.match.decided_at, HOME_ZONE) - DAY
        last = rejected if last is None else min(last, rejected)
    if last is not None and last < setting.effective_from:
        return []
    claim = Claim(setting.id, setting.value, setting.effective_from, last, setting.decided_at)
    return within(claim, periods)


def _whole(rows: QuerySet[Setting]) -> QuerySet[Setting]:
    joined = rows.select_related(
        "match__clause__version", "match__policy", "site", "requested_by", "decided_by"
    )
    return joined.defer("match__clause__version__text").order_by("-requested_at", "-id")


def levels_of(settings: Iterable[Setting]) -> Mapping[Level, list[Setting]]:
    """Settings by control, parameter and site."""
    found: dict[Level, list[Setting]] = defaultdict(list)
    for setting in settings:
        found[setting.match.control, setting.parameter, setting.site_id].append(setting)
    return found


def live_settings_of_policy(policy: UUID) -> list[Setting]:
    """What of a policy's settings is approved or waits."""
    live = (SettingState.APPROVED, SettingState.WAITING)
    return list(_whole(Setting.objects.filter(state__in=live, match__policy=policy)))
