from __future__ import annotations

from typing import Any

import pytest

from liangyi.domains.patients.models import Patient
from liangyi.platform.access.models import Site

pytestmark = pytest.mark.django_db
CARD = "11010519491231002X"


@pytest.fixture
def known(reception: Any, clinic: Any) -> Any:
    body = {
        "name": "欧阳娜娜",
        "phone": "13812345678",
        "papers": [{"number": CARD}],
        "consents": ["privacy"],
        "allergies": [{"substance": "青霉素", "severity": "severe"}],
    }
    answer = reception.post("patients", body)
    assert answer.status_code == 201, answer.content
    return answer.json()


def test_identity_number_gives_birth_date_and_sex(known: Any) -> None:
    assert (known["birth_date"], known["sex"]) == ("1949-12-31", "female")
    assert known["papers"] == [{"kind": "resident_id", "last_four": "002X"}]
    assert known["phone"] == "138****5678"
    assert known["consents"] == ["privacy"]


@pytest.mark.parametrize("typed", ["欧阳", "ouyang", "oynn", "13812345678", "5678", CARD])
def test_patient_is_found_by(reception: Any, known: Any, typed: str) -> None:
    rows = reception.send("GET", f"patients?q={typed}").json()["items"]
    assert [row["id"] for row in rows] == [known["id"]]


def test_same_identity_is_a_conflict_and_changes_nothing(reception: Any, known: Any) -> None:
    answer = reception.post(
        "patients", {"name": "欧阳娜娜", "papers": [{"number": CARD}], "confirmed_new": True}
    )
    assert answer.status_code == 409
    assert answer.json()["code"] == "patients.likely_duplicates"
    assert answer.json()["data"]["candidates"][0]["patient_id"] == known["id"]
    assert Patient.objects.filter(name="欧阳娜娜").count() == 1


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "甲" * 501}, "name"),
        ({"name": "a\x00b"}, "name"),
        ({"name": "李雷", "phone": "12"}, "phone"),
        ({"name": "李雷", "birth_date": "2200-01-01"}, "birth_date"),
        ({"name": "李雷", "birth_date": "soon"}, "birth_date"),
        ({"name": "李雷", "email": "x"}, "email"),
        ({"name": "李雷", "sex": "x"}, "sex"),
        ({"name": "李雷", "consents": ["x"]}, "consents.0"),
        ({"name": "李雷", "papers": [{"number": "110105194912310021"}]}, "papers"),
        ({}, "name"),
        ([], ""),
    ],
)
def test_bad_patient_names_the_field(reception: Any, clinic: Any, body: Any, field: str) -> None:
    before = Patient.objects.count()
    answer = reception.post("patients", body)
    assert answer.status_code == 422, answer.content
    assert any(name.startswith(field) for name in answer.json()["errors"]), answer.json()
    assert Patient.objects.count() == before


def test_nurse_may_look_but_not_register(program: Any, clinic: Any) -> None:
    nurse = program("nurse")
    assert nurse.get(f"patients/{clinic.patient.id}").status_code == 200
    answer = nurse.post("patients", {"name": "李雷"})
    assert answer.status_code == 403
    assert answer.json()["data"]["permission"] == "patients.register"
    assert not Patient.objects.filter(name="李雷").exists()


def test_another_sites_patient_is_404(program: Any, clinic: Any, other_site: Site) -> None:
    outsider = program("reception", "outsider", at_site=other_site)
    assert outsider.get(f"patients/{clinic.patient.id}").status_code == 404
    assert outsider.get("patients?q=李小明").json()["items"] == []
