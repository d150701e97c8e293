"""Starting from the policies that come with the product."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from liangyi.domains.governance.enums import MatchState
from liangyi.domains.governance.models import PolicyVersion
from liangyi.domains.governance.permissions import IMPORT, MATCH
from liangyi.domains.governance.rules.bundled import bundled
from liangyi.domains.governance.services.importing import import_policy
from liangyi.domains.governance.services.matching import confirm_none, decide_match
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.errors import Missing


def take_bundled(*, actor: Actor, at: datetime, code: str) -> PolicyVersion:
    """Bring one policy of the pack in as a draft of one's own, its clauses tied to their controls.

    From then on it is the clinic's: edited by new versions, reviewed, approved and released like any.
    """
    actor.require(IMPORT)
    actor.require(MATCH)
    policy = bundled().get(code)
    if policy is None:
        raise Missing()
    with recorded(actor, reason=f"bundled:{code}"):
        version = import_policy(
            actor=actor, at=at, content=policy.text.encode(), filename=f"{code}.txt", title=policy.title
        )
        for clause in version.clauses.filter(number__in=policy.links).order_by("position"):
            _tie(actor, at, clause.id, policy.links[clause.number])
    return version


def _tie(actor: Actor, at: datetime, clause: UUID, controls: Sequence[str]) -> None:
    for control in controls:
        decide_match(actor=actor, at=at, clause=clause, control=control, state=MatchState.CONFIRMED)
    if not controls:
        confirm_none(actor=actor, at=at, clause=clause)
