"""The policies that come with the product: every duty tied, every tie to something that exists."""

from __future__ import annotations

from datetime import datetime

import pytest

from liangyi.domains.governance.enums import NORMATIVE, MatchState
from liangyi.domains.governance.models import Match
from liangyi.domains.governance.rules.bundled import bundled
from liangyi.domains.governance.rules.reading import read
from liangyi.domains.governance.services.bundled import take_bundled
from liangyi.platform.actors import Actor
from liangyi.platform.controls.catalogue import controls
from liangyi.platform.errors import Missing


@pytest.mark.parametrize("code", bundled())
def test_exactly_the_duties_are_tied(code: str) -> None:
    clauses = read(bundled()[code].text).clauses
    duties = [clause.number for clause in clauses if clause.kind in NORMATIVE]
    assert duties == list(bundled()[code].links)


@pytest.mark.parametrize("code", bundled())
def test_every_tie_leads_to_a_control(code: str) -> None:
    named = {control for tied in bundled()[code].links.values() for control in tied}
    assert named - controls().keys() == set()


def test_the_pack_reaches_every_domain() -> None:
    tied = {control for policy in bundled().values() for links in policy.links.values() for control in links}
    domains = {code.partition(".")[0] for code in controls()}
    assert domains - {code.partition(".")[0] for code in tied} <= {"controls", "worklist"}


def test_taking_one_makes_a_draft_with_its_ties(db: None, setup_actor: Actor, at: datetime) -> None:
    version = take_bundled(actor=setup_actor, at=at, code="continuous_improvement")
    tied = Match.objects.filter(policy=version.policy, state=MatchState.CONFIRMED)
    expected = [
        control for links in bundled()["continuous_improvement"].links.values() for control in links or [""]
    ]
    assert version.state == "draft"
    assert sorted(tied.values_list("control", flat=True)) == sorted(expected)


def test_an_unknown_one_is_missing(db: None, setup_actor: Actor, at: datetime) -> None:
    with pytest.raises(Missing):
        take_bundled(actor=setup_actor, at=at, code="nowhere")
