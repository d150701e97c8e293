from __future__ import annotations

from uuid import UUID

import pytest

from liangyi.platform import subjects
from liangyi.platform.actors import Actor, system

CAT, DOG = UUID(int=1), UUID(int=2)


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[set[UUID]]:
    """Every call for labels of the type "animal"; only CAT may be seen."""
    monkeypatch.setattr(subjects, "_types", {})
    calls: list[set[UUID]] = []

    def names(ids: subjects.Collection[UUID]) -> dict[UUID, str]:
        calls.append(set(ids))
        return dict.fromkeys(ids, "猫")

    subjects.register(
        "animal", label=names, url=lambda row_id: f"/a/{row_id.int}/", may_see=lambda actor, ids: {CAT}
    )
    return calls


@pytest.fixture
def reader() -> Actor:
    return system("test")


def test_labels_come_in_one_call_a_type(asked: list[set[UUID]], reader: Actor) -> None:
    found = subjects.labels(reader, [("animal", CAT), ("animal", CAT)])
    assert found == {("animal", CAT): subjects.SubjectLabel("猫", "/a/1/")}
    assert asked == [{CAT}]


def test_labels_never_ask_for_what_is_not_to_be_seen(asked: list[set[UUID]], reader: Actor) -> None:
    hidden = subjects.label(reader, ("animal", DOG))
    assert (hidden.visible, hidden.url) == (False, "")
    assert asked == []


def test_label_of_an_unknown_type_gives_nothing_away(asked: list[set[UUID]], reader: Actor) -> None:
    assert not subjects.label(reader, ("plant", CAT)).visible


def test_type_is_registered_once(asked: list[set[UUID]]) -> None:
    with pytest.raises(ValueError, match="animal"):
        subjects.register("animal", label=lambda ids: {}, url=str, may_see=lambda actor, ids: ids)
