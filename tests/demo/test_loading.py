from __future__ import annotations

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db.models import Count, Exists, F, OuterRef
from tests.demo.conftest import UNTIL, Demo

from liangyi.demo import watching
from liangyi.demo.loading import NotHere, load
from liangyi.demo.options import moment_for
from liangyi.domains.consultation.models import Enquiry
from liangyi.domains.governance.models import Regulation, RegulationLink
from liangyi.domains.patients.models import Patient
from liangyi.domains.scheduling.models import Appointment, Reservation
from liangyi.platform.access.models import Account, Site
from liangyi.platform.access.queries import actor_for
from liangyi.platform.controls.models import Breach, Verdict
from liangyi.platform.measures.models import MeasurePoint
from liangyi.platform.messages.models import Message
from liangyi.platform.worklist.models import WorkItem

ACCOUNTS = [
    "admin",
    "anaesthetist",
    "cashier",
    "consultant",
    "dentist",
    "director",
    "nurse",
    "outsider",
    "pharmacist",
    "quality",
    "reception",
    "storekeeper",
    "surgeon",
]


def test_demo_has_the_accounts_it_announces(demo: Demo) -> None:
    assert demo.loaded.accounts == ACCOUNTS


@pytest.mark.parametrize("username", ACCOUNTS)
def test_demo_account_signs_in_at_once(demo: Demo, username: str) -> None:
    account = Account.objects.get(username=username)
    assert account.check_password(settings.DEMO_PASSWORD)
    assert account.is_active
    assert not account.must_change_password
    assert account.staff_member.name == account.display_name


def test_demo_outsider_works_at_the_dental_clinic_only(demo: Demo) -> None:
    dental = Site.objects.get(name="良医口腔诊所")
    outsider = actor_for(Account.objects.get(username="outsider"))
    assert list(outsider.grants) == [dental.id]
    assert {"scheduling.book", "scheduling.rota"} <= outsider.grants[dental.id]


def test_demo_reception_works_at_the_hospital_only(demo: Demo) -> None:
    hospital = Site.objects.get(name="良医医疗美容医院")
    assert list(actor_for(Account.objects.get(username="reception")).grants) == [hospital.id]


@pytest.mark.parametrize("username", ["director", "quality", "admin", "dentist"])
def test_demo_account_spans_both_sites(demo: Demo, username: str) -> None:
    assert len(actor_for(Account.objects.get(username=username)).grants) == 2


def test_coming_appointments_hold_their_resources(demo: Demo) -> None:
    coming = Appointment.objects.filter(starts_at__gt=demo.options.moment, status="booked")
    held = coming.annotate(kinds=Count("reservations"))
    assert coming.count() > 100
    assert not held.filter(service__device_model=None).exclude(kinds=3).exists()
    assert not held.exclude(service__device_model=None).exclude(kinds=4).exists()


def test_reservations_include_the_buffers(demo: Demo) -> None:
    theatre = Reservation.objects.filter(
        kind="room",
        appointment__service__prepare_minutes__gt=0,
        appointment__starts_at__gt=demo.options.moment,
    )
    assert theatre.exists()
    assert not theatre.filter(starts_at__gte=F("appointment__starts_at")).exists()


@pytest.mark.parametrize("who", ["practitioner", "patient"])
def test_nobody_is_in_two_places_at_once(demo: Demo, who: str) -> None:
    standing = Appointment.objects.exclude(status__in=("cancelled", "no_show"))
    other = standing.filter(
        **{who: OuterRef(who)},
        starts_at__lt=OuterRef("ends_at"),
        ends_at__gt=OuterRef("starts_at"),
        moved_from=None,
    ).exclude(id=OuterRef("id"))
    assert not standing.filter(Exists(other), moved_from=None).exists()


@pytest.mark.parametrize("status", ["booked", "arrived", "called", "in_progress", "finished"])
def test_todays_board_shows_the_status(demo: Demo, status: str) -> None:
    assert Appointment.objects.filter(starts_at__date=UNTIL, status=status).exists()


def test_history_shows_every_outcome(demo: Demo) -> None:
    past = Appointment.objects.filter(starts_at__date__lt=UNTIL)
    assert set(past.values_list("status", flat=True)) == {"finished", "cancelled", "no_show"}
    assert past.filter(is_walk_in=True).exists()
    assert past.exclude(moved_from=None).exists()


def test_some_rules_are_broken(demo: Demo) -> None:
    broken = set(Breach.objects.filter(closed_at=None).values_list("control", flat=True))
    assert {"staff.credential_expiring", "facilities.calibration_due"} <= broken


@pytest.mark.parametrize(
    "control",
    [
        "subject_licensed",
        "level_allowed",
        "practitioner_licensed",
        "practitioner_privileged",
        "equipment_calibrated",
        "minor_has_guardian",
        "privacy_consent",
    ],
)
def test_gates_have_refused(demo: Demo, control: str) -> None:
    refused = Verdict.objects.filter(decision="BookAppointment", outcome="refused")
    assert refused.filter(refusals__contains=[{"control": f"scheduling.{control}"}]).exists()


def test_some_work_is_late_and_the_director_was_told(demo: Demo) -> None:
    late = WorkItem.objects.filter(done_at=None, cancelled_at=None, due_at__lt=demo.options.moment)
    assert late.exists()
    assert Message.objects.filter(channel="in_app", account__username="director").exists()


def test_people_are_merged_doubtful_and_without_consent(demo: Demo) -> None:
    assert Patient.objects.exclude(canonical=None).count() == 1
    assert Patient.objects.filter(consents=None, canonical=None).count() >= 3
    doubles = Patient.objects.filter(canonical=None).values("name", "phone").annotate(n=Count("id"))
    assert doubles.filter(n=2).exists()


def test_enquiries_are_open_booked_and_closed(demo: Demo) -> None:
    assert set(Enquiry.objects.values_list("status", flat=True)) == {"open", "booked", "closed"}


def test_measures_are_counted(demo: Demo) -> None:
    assert set(MeasurePoint.objects.values_list("code", flat=True)) >= {"NOSHOW", "LEAD", "WAIT"}


def test_demo_is_not_loaded_a_second_time(demo: Demo) -> None:
    patients = Patient.objects.count()
    with pytest.raises(CommandError, match="institution already"):
        call_command("load_demo", patients=30)
    assert Patient.objects.count() == patients


def test_demo_is_refused_in_production(db: None, settings: pytest.FixtureRequest) -> None:
    settings.IS_PRODUCTION = True  # type: ignore[attr-defined]  # pytest-django's settings take any name
    with pytest.raises(NotHere, match="production"):
        load(None, lambda _percent, _what: None)  # type: ignore[arg-type]  # nothing is asked for


def test_board_stands_at_a_fixed_time_of_a_named_day() -> None:
    assert f"{moment_for(UNTIL, moment_for(UNTIL, None)):%Y-%m-%d %H:%M}" == "2026-11-21 14:50"  # type: ignore[arg-type]  # the clock is not asked


def test_demo_watches_laws_that_its_clauses_answer(demo: Demo) -> None:
    answered = set(RegulationLink.objects.values_list("regulation__title", flat=True))
    assert {title for title, _article, _words in watching.ANSWERED} <= answered
    assert Regulation.objects.filter(checked_on=None).count() == len(watching.NOT_YET)
    assert WorkItem.objects.filter(kind="governance.answer_law", done_at=None).exists()
