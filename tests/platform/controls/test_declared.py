"""The catalogue as declared: every control can be told apart, and what is built can be proved."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.apps import apps
from django.utils.translation import override

from liangyi.platform.access.models import Site
from liangyi.platform.actors import system
from liangyi.platform.controls.catalogue import Control, Kind, controls, decisions_of, watches
from liangyi.platform.controls.evidence import queries as evidence
from liangyi.platform.controls.evidence.records import items
from liangyi.platform.controls.proofs import Counted, Done, Kept, proofs
from liangyi.platform.measures.catalogue import measures
from liangyi.platform.worklist.kinds import kinds

FEWEST_WORDS = 5
PROVED = {Kind.RECORD, Kind.CHECK, Kind.DUTY, Kind.MEASURE}
DECLARED = [control for code, control in sorted(controls().items()) if not code.startswith("door.")]
KEPT = sorted(code for code, proof in proofs().items() if isinstance(proof, Kept))


@pytest.mark.parametrize("control", DECLARED, ids=lambda control: control.code)
def test_control_is_declared_in_full(control: Control) -> None:
    with override("zh-hans"):
        assert str(control.title).strip()
        assert str(control.description).strip()
    assert control.source
    assert control.code.split(".")[0] in {config.label for config in apps.get_app_configs()}
    assert len(set(control.words.split())) >= FEWEST_WORDS


def test_titles_and_descriptions_tell_controls_apart() -> None:
    for said in ("title", "description"):
        with override("zh-hans"):
            counts = Counter(str(getattr(control, said)) for control in DECLARED)
        assert [text for text, count in counts.items() if count > 1] == []


@pytest.mark.parametrize("control", DECLARED, ids=lambda control: control.code)
def test_parameters_are_sane(control: Control) -> None:
    for parameter in control.parameters:
        assert parameter.kind in {"integer", "decimal", "boolean", "text"}
        assert parameter.title
        assert parameter.source
        assert parameter.stricter in {"lower", "higher", ""}
        if parameter.lowest is not None and parameter.highest is not None:
            bounds = [Decimal(str(v)) for v in (parameter.lowest, parameter.default, parameter.highest)]
            assert bounds == sorted(bounds)


def test_planned_controls_neither_act_nor_prove() -> None:
    planned = {control.code for control in DECLARED if control.planned}
    acting = {code for code in planned if decisions_of(code) or code in watches()}
    assert acting | (planned & set(proofs())) == set()


def test_built_controls_act_or_have_a_proof() -> None:
    idle = [
        control.code
        for control in DECLARED
        if not control.planned
        if not decisions_of(control.code) and control.code not in watches() and control.code not in proofs()
    ]
    assert idle == []


def test_proofs_name_work_and_measures_that_exist() -> None:
    for code, proof in proofs().items():
        if isinstance(proof, Done):
            assert set(proof.kinds) <= set(kinds()), code
        if isinstance(proof, Counted):
            assert proof.measure in measures(), code


@pytest.mark.django_db
@pytest.mark.parametrize("code", KEPT)
def test_kept_proof_can_be_counted_and_listed(code: str, site: Site) -> None:
    today = date(2026, 11, 20)
    first = today - timedelta(days=30)
    evidence.tallies([code], site.id, first, today)
    assert isinstance(items(system("test"), code, site.id, first, today), list)
