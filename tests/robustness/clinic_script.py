"""Run as a program with the settings of a `liangyi run`: founds a small clinic in its database, or says
what is booked there.

    found N     a clinic with N practitioners and a room for each; prints what booking over REST takes
    booked      prints every appointment with its key, and how many reservations overlap
"""

from __future__ import annotations

import importlib.util
import json
import secrets
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import connection

import liangyi.config.wsgi  # noqa: F401 sets Django up, before the models below
from liangyi.platform import clock
from liangyi.platform.access.models import Account, ApiToken, Grant, Role, Site
from liangyi.platform.access.queries import token_digest
from liangyi.platform.audit.services import recorded

_FILE = Path(__file__).parents[1] / "domains" / "scheduling" / "clinic.py"
_OVERLAPS = """SELECT count(*) FROM scheduling_reservation a JOIN scheduling_reservation b
ON a.id < b.id AND a.resource = b.resource AND a.lane = b.lane AND a.during && b.during"""


def _stories() -> Any:
    spec = importlib.util.spec_from_file_location("liangyi_test_clinic", _FILE)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["liangyi_test_clinic"] = module
    spec.loader.exec_module(module)
    return module


def found(practitioners: int) -> dict[str, Any]:
    """A clinic whose every client can book with a practitioner of its own."""
    stories = _stories()
    with recorded(stories.SETUP):
        site = Site.objects.create(name="良医医疗美容医院")
    clinic = stories.open_clinic(site)
    for n in range(practitioners):
        clinic.add_room(f"治疗室{n + 2}")
    doctors = [str(clinic.add_doctor(f"医生{n}").id) for n in range(practitioners)]
    patients = [str(clinic.add_patient(f"患者{n}").id) for n in range(practitioners)]
    return {
        "token": _token(stories.SETUP, site),
        "service": str(clinic.service.id),
        "doctors": doctors,
        "patients": patients,
    }


def _token(setup: Any, site: Site) -> str:
    raw, now = secrets.token_urlsafe(32), clock.now()
    with recorded(setup):
        account = Account.objects.create(username="reception", display_name="reception", password="!")
        Grant.objects.create(account=account, role=Role.objects.get(code="reception"), site=site)
        ApiToken.objects.create(
            account=account,
            digest=token_digest(raw),
            created_at=now,
            expires_at=now + timedelta(hours=1),
        )
    return raw


def booked() -> dict[str, Any]:
    """Every appointment as [key, id], and the pairs of reservations that overlap."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT request_key, id::text FROM scheduling_appointment")
        appointments = cursor.fetchall()
        cursor.execute(_OVERLAPS)
        (overlaps,) = cursor.fetchone()
    return {"appointments": appointments, "overlaps": overlaps}


if __name__ == "__main__":
    print(json.dumps(found(int(sys.argv[2])) if sys.argv[1] == "found" else booked()))
