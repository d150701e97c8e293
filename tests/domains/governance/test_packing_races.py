"""Two at once, on real connections: one pack is made, one key is kept, one end of an inspection."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path
from threading import Barrier
from typing import Any

import pytest
from django.db import connections

from liangyi.domains.governance import services
from liangyi.domains.governance.models import Inspection, Pack
from liangyi.domains.governance.queries import packs as queries
from liangyi.domains.governance.services import inspecting, packing
from liangyi.platform.access.models import Account, Site
from liangyi.platform.access.queries import actor_for
from liangyi.platform.actors import Actor
from liangyi.platform.documents import pdf, signing
from liangyi.platform.documents.models import SigningKey, StoredFile
from liangyi.platform.errors import Denied

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.race]
MAKERS = 4


def at_once(calls: list[Callable[[], Any]]) -> list[Any]:
    """What each call returns, or that it was denied, all started together."""
    gate = Barrier(len(calls))

    def run(call: Callable[[], Any]) -> Any:
        gate.wait()
        try:
            return call()
        except Denied as denied:
            return denied
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))


@pytest.fixture
def pack(settings: Any, tmp_path: Path, setup_actor: Actor, site: Site, at: datetime) -> Pack:
    if not list(pdf.FONTS.glob("*.ttf")):
        pytest.skip("NO FONTS: the front end was not built")
    settings.HOME = tmp_path
    version = services.import_policy(actor=setup_actor, at=at, content="应每日核对预约。\n".encode())
    return packing.request_pack(
        actor=setup_actor,
        at=at,
        site=site.id,
        title="两个人同时做",
        clauses=[clause.id for clause in queries.clauses_to_pack(setup_actor, [version.policy_id])],
        first_day=date(2026, 11, 1),
        last_day=date(2026, 11, 23),
    )


def test_job_and_sweep_make_one_pack(pack: Pack, setup_actor: Actor, at: datetime, tmp_path: Path) -> None:
    def make() -> Pack:
        return packing.make_pack(actor=setup_actor, at=at, pack=pack.id)

    at_once([make] * MAKERS)
    row = Pack.objects.get()
    assert row.state == "done"
    assert StoredFile.objects.count() == 1
    assert [path.name for path in (tmp_path / "files").rglob("*") if path.is_file()] == [str(row.file_id)]


def test_first_signatures_make_one_key(at: datetime) -> None:
    found = at_once([lambda: signing.signer(at).fingerprint] * MAKERS)
    assert len(set(found)) == 1
    assert SigningKey.objects.count() == 1


def test_two_who_end_an_inspection_end_it_once(setup_actor: Actor, site: Site, at: datetime) -> None:
    opened = inspecting.open_inspection(
        actor=setup_actor,
        at=at,
        site=site.id,
        organisation="卫健委",
        inspector="李",
        reason="检查",
        valid_from=at,
        valid_until=at + timedelta(days=1),
    )
    account = Account.objects.get(pk=opened.inspection.account_id)
    inspector = actor_for(account, at=at)

    def end() -> Inspection:
        return inspecting.end_inspection(actor=setup_actor, at=at, inspection=opened.inspection.id)

    def write() -> Inspection:
        return inspecting.end_inspection(actor=inspector, at=at, inspection=opened.inspection.id)

    ended = at_once([end, write, end, write])
    assert [isinstance(one, Denied) for one in ended] == [False, True, False, True]
    assert Inspection.objects.get().ended_at == at
    assert not actor_for(Account.objects.get(pk=account.pk), at=at).grants
