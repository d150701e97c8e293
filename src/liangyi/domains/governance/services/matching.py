"""Tying clauses to controls: a reviewer's word, which stays while the clause lives on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from liangyi.domains.governance.enums import NORMATIVE, MatchState, SettingState
from liangyi.domains.governance.models import Clause, Match, Policy, PolicyVersion, Setting
from liangyi.domains.governance.permissions import MATCH, policies_visible_to
from liangyi.domains.governance.rules.comparing import essence
from liangyi.domains.governance.rules.reviewing import NONE, match_id
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.clock import HOME_ZONE, local_day
from liangyi.platform.controls.catalogue import controls
from liangyi.platform.errors import Conflict, Invalid, Missing


def decide_match(*, actor: Actor, at: datetime, clause: UUID, control: str, state: str) -> Match:
    """Confirm or reject `control` for a clause, in the words of its newest version.

    Confirming takes back "none fits". The last word wins; Conflict where the clause reads differently
    by now, or where a value set from the match would lose its ground.
    """
    actor.require(MATCH)
    if control not in controls():
        raise Invalid({"control": [_("目录里没有这个控制点")]})
    if state not in MatchState.values:
        raise Invalid({"state": [_("请选择确认或不适用")]})
    with recorded(actor):
        found = _clause_to_decide(actor, clause)
        if state == MatchState.CONFIRMED:
            _take_back(actor, _of(found, [NONE]), at)
        return _say(actor, at, found, control, state)


def confirm_none(*, actor: Actor, at: datetime, clause: UUID) -> Match:
    """Confirm that no control of the catalogue fits; what was confirmed before is taken back."""
    actor.require(MATCH)
    with recorded(actor):
        found = _clause_to_decide(actor, clause)
        _take_back(actor, _of(found).filter(state=MatchState.CONFIRMED).exclude(control=NONE), at)
        return _say(actor, at, found, NONE, MatchState.CONFIRMED)


def clear_match(*, actor: Actor, at: datetime, clause: UUID, control: str) -> None:
    """Take back what was said of one control, or with "" of none fitting; nothing happens if nothing was."""
    actor.require(MATCH)
    with recorded(actor):
        _take_back(actor, _of(_clause_to_decide(actor, clause), [control]), at)


def confirm_again(*, actor: Actor, at: datetime, clause: UUID) -> int:
    """Confirm for the clause's new words all that was confirmed for its old ones; how many that were."""
    actor.require(MATCH)
    with recorded(actor):
        found = _clause_to_decide(actor, clause)
        standing = list(_of(found).filter(state=MatchState.CONFIRMED).exclude(clause=found))
        for match in standing:
            _say(actor, at, found, match.control, match.state)
    return len(standing)


def restore_matches(
    *, actor: Actor, at: datetime, clause: UUID, before: Mapping[str, str], after: Mapping[str, str]
) -> None:
    """Undo: from `after` (control to state, as one's own decision left it) back to `before`.

    Conflict when somebody else has decided meanwhile.
    """
    actor.require(MATCH)
    _known_words(before)
    with recorded(actor):
        found = _clause_to_decide(actor, clause)
        if words_of(_of(found)) != dict(after):
            raise Conflict(_("另一位审阅人刚刚改过这一条，没有撤销"))
        _take_back(actor, _of(found).exclude(control__in=before), at)
        for control, state in before.items():
            if after.get(control) != state:
                _say(actor, at, found, control, state)


def words_of(matches: Iterable[Match]) -> dict[str, str]:
    """What stands for one clause, by control."""
    return {match.control: match.state for match in matches}


def _known_words(words: Mapping[str, str]) -> None:
    if not set(words) <= {NONE, *controls()} or not set(words.values()) <= set(MatchState.values):
        raise Invalid({"control": [_("目录里没有这个控制点")]})


def newest_clause(actor: Actor, clause: UUID) -> Clause:
    """The clause in the newest version, its policy locked, so that reviewers and imports take turns.

    Missing for whoever may not see it; Conflict where it reads differently by now.
    """
    visible = Clause.objects.filter(version__policy__in=policies_visible_to(actor))
    read = visible.select_related("version").defer("version__text").filter(id=clause).first()
    if read is None:
        raise Missing()
    policy = Policy.objects.select_for_update(no_key=True).get(id=read.version.policy_id)
    newest = PolicyVersion.objects.filter(policy=policy).order_by("-number").values("id")[:1]
    found = Clause.objects.filter(version=newest, identity=read.identity).select_related("version").first()
    if found is None or essence(found.text) != essence(read.text):
        raise Conflict(_("制度已有新版本，这一条改了：请看新版本再决定"))
    return found


def _clause_to_decide(actor: Actor, clause: UUID) -> Clause:
    found = newest_clause(actor, clause)
    if found.kind not in NORMATIVE:
        raise Invalid({"clause": [_("只有义务和禁止条款要对应控制点")]})
    return found


def _of(clause: Clause, controls_named: Iterable[str] | None = None) -> QuerySet[Match]:
    rows = Match.objects.filter(identity=clause.identity)
    return rows if controls_named is None else rows.filter(control__in=controls_named)


def _say(actor: Actor, at: datetime, clause: Clause, control: str, state: str) -> Match:
    if state != MatchState.CONFIRMED:
        refuse_what_is_in_use(_of(clause, [control]), at)
    values = {
        "policy_id": clause.version.policy_id,
        "state": state,
        "clause": clause,
        "decided_by_id": actor.id,
        "decided_at": at,
    }
    match, _made = Match.objects.update_or_create(
        identity=clause.identity,
        control=control,
        defaults=values,
        create_defaults={"id": match_id(clause.identity, control), **values},
    )
    return match


def _take_back(actor: Actor, matches: QuerySet[Match], at: datetime) -> None:
    """Matches that values were once set from are kept as rejected; the others go."""
    refuse_what_is_in_use(matches, at)
    for match in matches:
        if match.settings.exists():
            match.state, match.decided_by_id, match.decided_at = MatchState.REJECTED, actor.id, at
            match.save()
        else:
            match.delete()


def refuse_what_is_in_use(matches: QuerySet[Match], at: datetime) -> None:
    """Conflict while a value set from one of these matches counts, will count, or waits for approval."""
    today = local_day(at, HOME_ZONE)
    lasting = Q(effective_to=None) | Q(effective_to__gte=today)
    live = Setting.objects.filter(
        lasting, match__in=matches, state__in=(SettingState.WAITING, SettingState.APPROVED)
    )
    if live.exists():
        raise Conflict(_("这一条已按此控制点设定了参数：请先撤回或结束参数，再改对应"))
