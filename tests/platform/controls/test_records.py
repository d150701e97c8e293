"""Single records are called by what they are about, or by what they are."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db.models import Q

from liangyi.platform.access.models import Site, Unit
from liangyi.platform.actors import system
from liangyi.platform.audit.services import recorded
from liangyi.platform.clock import HOME_ZONE, local_day
from liangyi.platform.controls import catalogue, proofs
from liangyi.platform.controls.catalogue import Control, Kind
from liangyi.platform.controls.evidence.queries import items
from liangyi.platform.controls.evidence.records import Item
from liangyi.platform.controls.proofs import Kept, Standing
from liangyi.platform.controls.registers import entered
from liangyi.platform.ids import made_at
from liangyi.platform.messages.models import Message

SHOWN = Control("door.shown", Kind.RECORD, "登记", "")


@pytest.fixture
def prove(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Proves the only control there is."""
    monkeypatch.setattr(catalogue, "_controls", {SHOWN.code: SHOWN})
    monkeypatch.setattr(proofs, "_proofs", {})
    return lambda proof: proofs.prove(SHOWN, proof)


def _listed(site: Site, at: datetime) -> list[Item]:
    day = local_day(at, HOME_ZONE)
    return items(system("test"), SHOWN.code, site.id, day - timedelta(days=1), day, at=at)


def _unit(site: Site) -> Unit:
    with recorded(system("test")):
        return Unit.objects.create(site=site, name="皮肤科")


def test_message_without_a_subject_is_listed(prove: Any, site: Site, at: datetime) -> None:
    prove(
        Kept("door.visitor", "messages.Message", moment="created_at", site="site_id", subject_id="subject_id")
    )
    with recorded(system("test")):
        Message.objects.create(
            key="k", channel="mail", template="t", address="a@b.cn", site=site, created_at=at, due_at=at
        )
    [item] = _listed(site, at)
    assert (item.outcome, item.subject_id, item.label, item.visible) == ("kept", None, "登记", True)


@pytest.mark.parametrize(
    ("subject_id", "subject"),
    [("new__site_id", "site"), ("new__name", None), ("new__nothing", None), ("old__site_id", None)],
)
def test_entry_of_history_is_about_what_it_names(
    prove: Any, site: Site, subject_id: str, subject: str | None
) -> None:
    prove(entered("door.site", "access_unit", what="科室", subject_id=subject_id, where=Q(op="I")))
    unit = _unit(site)
    [item] = _listed(site, made_at(unit.id))
    assert item.subject_id == (site.id if subject else None)
    assert item.visible is (subject is None)
    assert item.label == ("无权查看" if subject else "科室")


def test_entry_of_a_register_is_called_by_its_name(prove: Any, site: Site) -> None:
    prove(Standing("", "access.Unit", site="site_id", what="科室", named="name"))
    unit = _unit(site)
    assert [item.label for item in _listed(site, made_at(unit.id))] == ["科室 · 皮肤科"]


def test_entry_without_words_of_its_own_is_called_by_its_control(prove: Any, site: Site) -> None:
    prove(entered("", "access_unit"))
    unit = _unit(site)
    assert {item.label for item in _listed(site, made_at(unit.id))} == {"登记"}
