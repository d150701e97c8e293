"""What the reviewer decides becomes the version's state; a new version answers the laws that had changed."""

from __future__ import annotations

from liangyi.domains.governance.events import PolicyRetired, VersionInForce
from liangyi.domains.governance.services.laws import answered_by_release, nothing_to_answer
from liangyi.domains.governance.services.life import VERSION_KIND, note_decision
from liangyi.platform import events
from liangyi.platform.actors import system
from liangyi.platform.approvals.events import Decided


def take_decision(event: Decided) -> None:
    """Only decisions on versions concern us."""
    if event.kind == VERSION_KIND:
        note_decision(event)


def answer_laws(event: VersionInForce) -> None:
    """The policy has been brought up to the law."""
    answered_by_release(event.policy_id, actor=system("release"), at=event.at)


def drop_laws(event: PolicyRetired) -> None:
    """Nothing is left to bring up to it."""
    nothing_to_answer(event.policy_id, actor=system("retire"), at=event.at)


events.subscribe(Decided, take_decision)
events.subscribe(VersionInForce, answer_laws)
events.subscribe(PolicyRetired, drop_laws)
