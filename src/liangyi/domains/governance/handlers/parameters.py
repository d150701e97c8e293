"""Approvals and the life of policies decide which values of clauses are in force."""

from __future__ import annotations

from liangyi.domains.governance.events import PolicyRetired, VersionInForce
from liangyi.domains.governance.services.asking import END_KIND, SETTING_KIND
from liangyi.domains.governance.services.parameters import follow_policy, note_decision
from liangyi.platform import events
from liangyi.platform.actors import system
from liangyi.platform.approvals.events import Decided


def take_decision(event: Decided) -> None:
    """Only decisions on values concern us."""
    if event.kind in (SETTING_KIND, END_KIND):
        note_decision(event)


def follow(event: VersionInForce | PolicyRetired) -> None:
    """The clauses of a policy come into force, or are gone by no more."""
    follow_policy(actor=system("event:policy_changed"), at=event.at, policy=event.policy_id)


events.subscribe(Decided, take_decision)
events.subscribe(VersionInForce, follow)
events.subscribe(PolicyRetired, follow)
