"""The pages of the pack."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from liangyi.domains.governance.models import Policy
from liangyi.domains.governance.rules.bundled import bundled


@pytest.mark.usefixtures("db")
def test_the_pack_is_offered_read_and_taken(browser: Callable[..., Client]) -> None:
    client = browser("quality")
    listed = client.get("/policies/templates/").content.decode()
    assert all(policy.title in listed for policy in bundled().values())
    assert "不得隐瞒风险" in client.get("/policies/templates/aesthetic_operations/").content.decode()
    answer = client.post("/policies/templates/aesthetic_operations/take/")
    assert answer.headers["Location"] == f"/policies/{Policy.objects.get().id}/"


@pytest.mark.parametrize("method", ["get", "post"])
def test_an_unknown_one_is_not_found(browser: Callable[..., Client], method: str) -> None:
    path = "/policies/templates/nowhere/" + ("take/" if method == "post" else "")
    assert getattr(browser("quality"), method)(path).status_code == 404


def test_others_do_not_take_it(browser: Callable[..., Client]) -> None:
    assert browser("dentist").post("/policies/templates/aesthetic_operations/take/").status_code == 403
