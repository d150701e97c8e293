"""What governance does proves itself: matches decided, inspectors let in, packs made."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest

from liangyi.domains.governance import services
from liangyi.domains.governance.models import Inspection, Match, Pack
from liangyi.platform.access.models import Account, Site
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.clock import local_day
from liangyi.platform.controls.evidence import queries as evidence
from liangyi.platform.controls.evidence.records import Item, items
from liangyi.platform.documents.models import StoredFile

pytestmark = pytest.mark.django_db
TEXT = "就诊制度\n一、接诊\n预约前须取得隐私同意。\n应爱护花草。\n"


@pytest.fixture
def shown(site: Site, at: datetime, setup_actor: Actor) -> Callable[[str], tuple[int, list[Item]]]:
    """`shown(code)`: how many proofs the day has at the site, and its records."""

    def read(code: str) -> tuple[int, list[Item]]:
        day = local_day(at, site.time_zone)
        tally = evidence.tallies([code], site.id, day, day, at=at + timedelta(hours=1))[code]
        return tally.proofs, items(setup_actor, code, site.id, day, day, at=at)

    return read


def test_confirmed_matches_prove_the_mapping(
    shown: Callable[..., Any], setup_actor: Actor, at: datetime
) -> None:
    version = services.import_policy(actor=setup_actor, at=at, content=TEXT.encode())
    for clause, state in zip(version.clauses.all(), ("confirmed", "rejected"), strict=False):
        with recorded(setup_actor):
            Match.objects.create(
                policy=version.policy,
                identity=clause.identity,
                control="scheduling.privacy_consent",
                state=state,
                clause=clause,
                decided_at=at,
            )
    proofs, [item] = shown("governance.clause_mapping")
    assert proofs == 1
    assert item.label.startswith("就诊制度")


def test_inspectors_let_in_prove_the_access(
    shown: Callable[..., Any], site: Site, person: Callable[..., Account], setup_actor: Actor, at: datetime
) -> None:
    with recorded(setup_actor):
        Inspection.objects.create(
            site=site,
            account=person("inspector"),
            organisation="区卫健委",
            reason="校验",
            opened_at=at,
            valid_from=at,
            valid_until=at + timedelta(days=1),
        )
    proofs, [item] = shown("governance.inspection_access")
    assert (proofs, item.label) == (1, "区卫健委 · inspector")


def test_finished_packs_prove_that_evidence_can_be_taken_along(
    shown: Callable[..., Any], site: Site, other_site: Site, setup_actor: Actor, at: datetime
) -> None:
    period = {"first_day": date(2026, 11, 1), "last_day": date(2026, 11, 20), "requested_at": at}
    with recorded(setup_actor):
        file = StoredFile.objects.create(name="pack.zip", size=1, sha256="0" * 64, created_at=at)
        done = {"state": "done", "finished_at": at, "file": file}
        Pack.objects.create(site=site, title="校验材料", **period, **done)
        Pack.objects.create(site=site, title="等着", **period)
        Pack.objects.create(site=other_site, title="别处", **period, **done)
    proofs, [item] = shown("governance.evidence_pack")
    assert (proofs, item.label) == (1, "校验材料")
