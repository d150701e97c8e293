from __future__ import annotations

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liangyi.platform.controls.texts import refusals_as_dicts, refusals_as_facts
from liangyi.platform.errors import Refusal, Refused

REFUSAL = Refusal(
    "door.key",
    _("请写明越过的理由。"),
    {"on": date(2026, 11, 21), "ids": [UUID(int=1)], "n": 2},
    "去拿",
    "/keys/",
)


def test_refusals_for_rest_are_json() -> None:
    assert refusals_as_dicts(Refused("OpenDoor", [REFUSAL]), "zh-hans") == [
        {
            "control": "door.key",
            "reason": "请写明越过的理由。",
            "facts": {"on": "2026-11-21", "ids": ["00000000-0000-0000-0000-000000000001"], "n": 2},
            "remedy": {"text": "去拿", "url": "/keys/"},
        }
    ]


def test_verdict_keeps_the_reason_in_chinese() -> None:
    assert refusals_as_facts([REFUSAL])[0]["reason"] == "请写明越过的理由。"
