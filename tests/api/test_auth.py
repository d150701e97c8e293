from __future__ import annotations

from typing import Any

import pytest

pytestmark = pytest.mark.django_db


def test_token_comes_with_its_end(reception: Any) -> None:
    assert reception.get("sites").status_code == 200


def test_wrong_password_is_401_and_says_nothing_more(reception: Any) -> None:
    answer = reception.client.post(
        "/api/v1/auth/token", {"username": "reception", "password": "no"}, content_type="application/json"
    )
    assert answer.status_code == 401
    assert answer["Content-Type"] == "application/problem+json"
    assert answer.json()["code"] == "access.wrong_credentials"


def test_many_wrong_passwords_lock_out(reception: Any) -> None:
    body = {"username": "reception", "password": "wrong"}
    answers = [
        reception.client.post("/api/v1/auth/token", body, content_type="application/json") for _ in range(12)
    ]
    assert answers[0].status_code == 401
    assert answers[-1].status_code == 429
    assert answers[-1]["Content-Type"] == "application/problem+json"
    assert answers[-1].json()["code"] == "access.too_many_attempts"
    assert answers[-1]["Retry-After"] == "900"


@pytest.mark.parametrize("path", ["nothing", "patients/null,null", "../v2/sites"])
def test_unknown_address_is_a_problem(reception: Any, path: str) -> None:
    answer = reception.get(path)
    assert answer.status_code == 404
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize("token", ["", "x", "Bearer", "é" * 50])
def test_unknown_token_is_401(reception: Any, token: str) -> None:
    answer = reception.send("GET", "sites", Authorization=f"Bearer {token}")
    assert answer.status_code == 401
    assert answer.json()["code"] == "access.not_signed_in"


def test_revoked_token_stops_working(reception: Any) -> None:
    assert reception.send("DELETE", "auth/token").status_code == 204
    assert reception.get("sites").status_code == 401


def test_broken_json_is_400(reception: Any) -> None:
    answer = reception.client.generic("POST", "/api/v1/auth/token", "{", content_type="application/json")
    assert answer.status_code == 400
    assert answer["Content-Type"] == "application/problem+json"
