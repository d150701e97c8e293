"""A number in a clause, from the pasted policy to what the product does, at one site, from its day on."""

from __future__ import annotations

import importlib.util
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from liangyi.domains.governance import services
from liangyi.domains.governance.models import Match
from liangyi.domains.governance.rules.parameters import offers
from liangyi.domains.governance.services.life import release_version, submit_version
from liangyi.domains.governance.services.parameters import request_setting
from liangyi.domains.patients.models import ConsentText
from liangyi.domains.patients.queries import patient_header
from liangyi.domains.patients.services import register_patient
from liangyi.domains.scheduling.services import book_appointment
from liangyi.domains.staff.models import StaffMember
from liangyi.platform.access.models import Account, Site
from liangyi.platform.access.queries import actor_for
from liangyi.platform.actors import Actor
from liangyi.platform.approvals import queries as approvals
from liangyi.platform.approvals.services import decide
from liangyi.platform.audit.services import recorded
from liangyi.platform.controls.catalogue import controls
from liangyi.platform.controls.models import Breach
from liangyi.platform.controls.services import run_watches
from liangyi.platform.errors import Invalid, Refused
from liangyi.platform.events.models import PendingEvent
from liangyi.platform.events.services import handle_pending
from liangyi.platform.messages.models import Message
from liangyi.platform.messages.outbox import waiting

_FILE = Path(__file__).parents[1] / "scheduling" / "clinic.py"
if "liangyi_test_clinic" not in sys.modules:
    _spec = importlib.util.spec_from_file_location("liangyi_test_clinic", _FILE)
    assert _spec
    assert _spec.loader
    _module = importlib.util.module_from_spec(_spec)
    sys.modules["liangyi_test_clinic"] = _module
    _spec.loader.exec_module(_module)
clinics: Any = sys.modules["liangyi_test_clinic"]

pytestmark = pytest.mark.django_db
TEXT = (
    "良医运营制度\n一、证照\n执业证书到期前一百二十天应提醒本人换证。\n"
    "二、预约\n前台应在就诊前48小时提醒患者。\n三、未成年人\n未满20周岁的顾客须由监护人陪同签字。\n"
)
EXPIRING, REMINDED, GUARDED = (
    "staff.credential_expiring",
    "scheduling.reminded",
    "scheduling.minor_has_guardian",
)
TODAY: date = clinics.MONDAY
FRIDAY = TODAY + timedelta(days=4)
EVE, DAWN = clinics.local(FRIDAY - timedelta(days=1), "23:00"), clinics.local(FRIDAY, "08:00")


@dataclass
class Story:
    """A policy in force at both sites; one of them goes by its numbers from Friday on."""

    quality: Actor
    director: Actor
    setup: Actor
    at: datetime
    here: Any
    there: Any

    def release(self) -> None:
        version = services.import_policy(actor=self.quality, at=self.at, content=TEXT.encode())
        submit_version(actor=self.quality, at=self.at, version=version.id)
        self._yes(("governance.version", version.id), "governance.version")
        release_version(actor=self.quality, at=self.at, version=version.id, effective_from=TODAY)
        self.version = version

    def set(self, number: str, control: str) -> Any:
        """Confirm the match, take the number the clause states, ask, and have another approve."""
        clause = self.version.clauses.get(number=number)
        match: Match = services.decide_match(
            actor=self.quality, at=self.at, clause=clause.id, control=control, state="confirmed"
        )
        offer = offers(controls()[control], clause.text)[0]
        setting = request_setting(
            actor=self.quality,
            at=self.at,
            match=match.id,
            parameter=offer.parameter.name,
            value=offer.value,
            effective_from=FRIDAY,
            site=self.here.site.id,
        )
        self._yes(("governance.setting", setting.id), "governance.setting")
        for row in PendingEvent.objects.all():
            handle_pending(actor=self.setup, at=self.at, pending=row.id)
        return offer.value

    def _yes(self, subject: Any, kind: str) -> None:
        asked = approvals.waiting_on(subject, kind)
        assert asked is not None
        decide(actor=self.director, at=self.at, approval=asked, approve=True)


@pytest.fixture
def story(
    quality: Actor,
    person: Callable[..., Account],
    setup_actor: Actor,
    at: datetime,
    site: Site,
    other_site: Site,
) -> Story:
    here, there = clinics.open_clinic(site), clinics.open_clinic(other_site)
    made = Story(quality, actor_for(person("director")), setup_actor, at, here, there)
    made.release()
    return made


def test_certificate_warns_by_the_clauses_days(story: Story) -> None:
    papers = []
    for clinic in (story.here, story.there):
        doctor = clinic.add_doctor("林医生", valid_to=FRIDAY + timedelta(days=100))
        with recorded(story.setup):
            StaffMember.objects.filter(id=doctor.id).update(site=clinic.site)
        papers.append(doctor.credentials.get().id)
    assert story.set("1.p1", EXPIRING) == 120

    def warned(at: datetime) -> set[Any]:
        run_watches(at, codes=[EXPIRING])
        return set(
            Breach.objects.filter(closed_at=None, control=EXPIRING).values_list("subject_id", flat=True)
        )

    assert warned(EVE) == set()
    assert warned(DAWN) == {papers[0]}
    assert warned(DAWN + timedelta(days=10)) == set(papers)


def test_reminder_goes_by_the_clauses_hours(story: Story, person: Callable[..., Account]) -> None:
    starts = [clinics.local(FRIDAY, "10:00"), clinics.local(FRIDAY + timedelta(days=3), "10:00")]

    def booked(clinic: Any, start: datetime) -> Any:
        patient = clinic.add_patient("王芳", email="wang@example.com", consents=("privacy", "messages"))
        order = clinic.booking(start=start, patient=patient.id)
        return book_appointment(actor=story.setup, at=story.at, **order)

    before, here = [booked(story.here, start) for start in starts]
    there = booked(story.there, starts[1])
    assert story.set("2.p1", REMINDED) == 48
    due = dict(Message.objects.filter(template="scheduling.reminder").values_list("subject_id", "due_at"))
    assert due == {
        before.id: starts[0] - timedelta(hours=24),
        here.id: starts[1] - timedelta(hours=48),
        there.id: starts[1] - timedelta(hours=24),
    }
    moment = starts[1] - timedelta(hours=48)
    going = waiting(moment).filter(template="scheduling.reminder", due_at__gte=DAWN)
    assert [message.subject_id for message in going] == [here.id]
    later = booked(story.here, clinics.local(FRIDAY + timedelta(days=4), "15:00"))
    assert Message.objects.get(
        template="scheduling.reminder", subject_id=later.id
    ).due_at == later.starts_at - timedelta(hours=48)


def test_guardian_is_needed_by_the_clauses_age(story: Story) -> None:
    nearly_twenty = {"birth_date": FRIDAY.replace(year=FRIDAY.year - 20) + timedelta(days=60)}
    visit = clinics.local(FRIDAY + timedelta(days=3), "10:00")
    patients = {
        id(clinic): clinic.add_patient("周同学", **nearly_twenty) for clinic in (story.here, story.there)
    }
    assert story.set("3.p1", GUARDED) == 20

    def book(clinic: Any, at: datetime, start: datetime) -> Any:
        order = clinic.booking(start=start, patient=patients[id(clinic)].id)
        return book_appointment(actor=story.setup, at=at, **order)

    assert book(story.here, EVE, visit)
    with pytest.raises(Refused) as refused:
        book(story.here, DAWN, visit + timedelta(hours=2))
    assert "未满 20 岁" in str(refused.value.refusals[0].reason)
    assert book(story.there, DAWN, visit)


def test_registration_asks_for_a_guardian_by_the_clauses_age(story: Story) -> None:
    with recorded(story.setup):
        text, _made = ConsentText.objects.get_or_create(
            kind="privacy",
            version=1,
            defaults={"title": "隐私", "body": "隐私", "effective_from": clinics.LONG_AGO},
        )
    person = {"birth_date": FRIDAY.replace(year=FRIDAY.year - 19), "consents": [text], "confirmed_new": True}
    assert story.set("3.p1", GUARDED) == 20

    def register(clinic: Any, at: datetime, name: str) -> Any:
        return register_patient(actor=story.setup, at=at, site=clinic.site, name=name, **person)

    known = register(story.here, EVE, "赵一")
    with pytest.raises(Invalid) as error:
        register(story.here, DAWN, "钱二")
    assert set(error.value.fields) == {"consents"}
    register(story.there, DAWN, "孙三")
    desk = story.setup.at(story.here.site.id)
    shown = [patient_header(desk, known.pk, on=day).is_minor for day in (FRIDAY - timedelta(days=1), FRIDAY)]
    assert shown == [False, True]
