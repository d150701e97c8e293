"""Going ahead in an emergency: what the refusal panel asks, of whom, and what it never keeps."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
from axes.models import AccessAttempt
from django.db import connection
from django.test import Client

from liangyi.domains.patients.models import Patient
from liangyi.domains.scheduling.models import Appointment
from liangyi.platform.access.models import Account, Session, Site
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.controls.models import Override, Verdict
from liangyi.platform.worklist.models import WorkItem

BOOK = "/scheduling/book/"
WALK_IN = "/scheduling/queue/walk-in/"
QUEUE = "/scheduling/queue/"
TEN = "2026-11-24T10:00:00+08:00"
GUARDIAN, CONSENT = "scheduling.minor_has_guardian", "scheduling.privacy_consent"
PASSWORD = "right-and-long-enough"
REASON = "车祸送来，昏迷，联系不到家属"
BLOCK = "紧急情况放行"
IN_DRAWER = {"HX-Request": "true", "HX-Target": "drawer-body"}


@pytest.fixture
def stranger(clinic: Any) -> Patient:
    """Somebody who has not agreed to the privacy notice."""
    return clinic.add_patient("无名氏", consents=())


@pytest.fixture
def form(clinic: Any, stranger: Patient) -> dict[str, Any]:
    """Tuesday at ten for the stranger."""
    return {
        "patient": str(stranger.id),
        "service": str(clinic.service.id),
        "slot": f"{TEN}~{clinic.doctor.id}",
        "channel": "phone",
        "note": "急诊",
        "request_key": uuid4().hex,
    }


@pytest.fixture
def with_password(person: Callable[..., Account], setup_actor: Actor) -> Callable[..., Account]:
    """`with_password("nurse")` has PASSWORD."""

    def make(role: str, **options: Any) -> Account:
        fields = {
            name: options.pop(name) for name in ("must_change_password", "is_active") if name in options
        }
        account = person(role, **options)
        account.set_password(PASSWORD)
        for name, value in fields.items():
            setattr(account, name, value)
        with recorded(setup_actor):
            account.save()
        return account

    return make


@pytest.fixture
def nurse(with_password: Callable[..., Account]) -> Account:
    return with_password("nurse")


@pytest.fixture
def director(browser: Callable[..., Client]) -> Client:
    return browser("director")


def override(second: str = "nurse", password: str = PASSWORD, reason: str = REASON) -> dict[str, Any]:
    """What the block adds to the form."""
    return {
        "_override": "",
        "_override-codes": [CONSENT],
        "_override-reason": reason,
        "_override-second": second,
        "_override-password": password,
    }


def everything_kept() -> str:
    """All that stands in any table, as text."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        tables = [name for (name,) in cursor.fetchall()]
        texts = []
        for table in tables:
            cursor.execute(f"SELECT coalesce(string_agg(t::text, ' '), '') FROM \"{table}\" t")
            texts.append(cursor.fetchone()[0])
    return " ".join(texts)


def test_panel_offers_it_to_the_director_and_tells_others_who_may(
    desk: Client, director: Client, form: dict[str, Any]
) -> None:
    shown = director.post(BOOK, form).text
    assert all(word in shown for word in (BLOCK, "第二人账号", "第二人密码", "写明理由后放行"))
    others = desk.post(BOOK, form).text
    assert BLOCK not in others
    assert "可由院长写明理由" in others


def test_panel_does_not_offer_it_where_anything_else_stands(
    director: Client, clinic: Any, form: dict[str, Any]
) -> None:
    answer = director.post(BOOK, form | {"slot": f"2026-11-22T10:00:00+08:00~{clinic.doctor.id}"})
    assert answer.status_code == 422
    assert "预约的时间已经过去" in answer.text
    assert BLOCK not in answer.text


@pytest.mark.parametrize("headers", [{}, IN_DRAWER])
def test_two_people_and_a_reason_book(
    director: Client, nurse: Account, form: dict[str, Any], headers: dict[str, str]
) -> None:
    answer = director.post(BOOK, form | override(), headers=headers)
    made = Appointment.objects.get()
    assert (made.note, made.channel) == ("急诊", "phone")
    assert answer.status_code == 303 or "HX-Refresh" in answer.headers or "HX-Redirect" in answer.headers
    kept = Override.objects.get()
    assert (kept.control, kept.reason, kept.second_id) == (CONSENT, REASON, nurse.id)
    assert not Session.objects.filter(account=nurse).exists()


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"reason": " "}, "请写明理由"),
        ({"second": ""}, "请填写第二人的账号"),
        ({"password": ""}, "请填写第二人的密码"),
        ({"password": "wrong-" + PASSWORD}, "账号或密码不对"),
        ({"second": "nobody"}, "账号或密码不对"),
        ({"second": "nurse\x00"}, "空字符"),
    ],
)
def test_what_is_wrong_is_said_and_everything_typed_stays_but_the_password(
    director: Client, nurse: Account, form: dict[str, Any], wrong: dict[str, str], said: str
) -> None:
    sent = form | override(**wrong)
    answer = director.post(BOOK, sent)
    assert answer.status_code == 422
    assert BLOCK in answer.text
    assert said in answer.text or answer.context["request"].outcome.override.errors
    assert all(str(sent[name]) in answer.text for name in ("note", "request_key", "slot"))
    assert sent["_override-reason"].strip() in answer.text
    assert not re.search(r'type="password"[^>]*value', answer.text)
    assert PASSWORD not in answer.text
    assert not Appointment.objects.exists()


@pytest.mark.parametrize(
    "field", ["_override", "_override-codes", "_override-reason", "_override-second", "_override-password"]
)
@pytest.mark.parametrize("value", ["", "x" * 5000, "<script>alert(1)</script>", "😀", "\x00", "~"])
def test_block_bears_any_input(
    director: Client, nurse: Account, form: dict[str, Any], field: str, value: str
) -> None:
    answer = director.post(BOOK, form | override() | {field: value})
    assert answer.status_code in (303, 422)
    assert "<script>alert" not in answer.text


def test_unknown_account_and_wrong_password_read_the_same(
    director: Client, nurse: Account, form: dict[str, Any]
) -> None:
    answers = []
    for wrong in ({"second": "nobody"}, {"password": "wrong"}):
        director.post(BOOK, form | override(**wrong))
        errors = director.post(BOOK, form | override(**wrong)).context["request"].outcome.override.errors
        answers.append(dict(errors))
    assert answers[0] == answers[1] == {"password": ["账号或密码不对"]}


def test_wrong_passwords_count_towards_the_lock_out_of_signing_in(
    director: Client, nurse: Account, form: dict[str, Any]
) -> None:
    for _ in range(5):
        director.post(BOOK, form | override(password="wrong"))
    answer = director.post(BOOK, form | override())
    assert answer.status_code == 429
    assert "尝试次数过多，请稍后再试" in answer.text
    assert "急诊" in answer.text
    stranger = Client(SERVER_NAME="127.0.0.1")
    assert stranger.post("/sign-in/", {"username": "nurse", "password": PASSWORD}).status_code == 429
    assert not Appointment.objects.exists()


def test_lock_out_at_signing_in_counts_here(director: Client, nurse: Account, form: dict[str, Any]) -> None:
    stranger = Client(SERVER_NAME="127.0.0.1")
    for _ in range(5):
        stranger.post("/sign-in/", {"username": "nurse", "password": "wrong"})
    assert director.post(BOOK, form | override()).status_code == 429


def test_second_person_is_another_active_member_of_the_site(
    director: Client,
    with_password: Callable[..., Account],
    other_site: Site,
    form: dict[str, Any],
    setup_actor: Actor,
) -> None:
    with_password("nurse", username="away", at_site=other_site)
    with_password("inspector", username="guest")
    with_password("nurse", username="gone", is_active=False)
    with_password("nurse", username="fresh", must_change_password=True)
    own = Account.objects.get(username="director")
    own.set_password(PASSWORD)
    with recorded(setup_actor):
        own.save()
    said = {
        "away": "第二人不在本院区任职",
        "guest": "第二人不能是只读的账号",
        "gone": "账号或密码不对",
        "fresh": "请本人先登录改密码",
        "Director": "第二人不能是本人",
    }
    director.force_login(own, backend="django.contrib.auth.backends.ModelBackend")
    for second, text in said.items():
        answer = director.post(BOOK, form | override(second=second))
        assert (second, answer.status_code, text in answer.text) == (second, 422, True)
    assert not Appointment.objects.exists()


def test_reception_that_sends_it_anyway_is_refused_and_no_password_is_tried(
    desk: Client, nurse: Account, form: dict[str, Any]
) -> None:
    answer = desk.post(BOOK, form | override(password="wrong"))
    assert answer.status_code == 422
    assert BLOCK not in answer.text
    assert not AccessAttempt.objects.exists()
    assert desk.post(BOOK, form | override()).status_code == 422
    assert not Appointment.objects.exists()


def test_password_is_kept_nowhere(
    director: Client, nurse: Account, form: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    wrong, right = "Wr0ng-secret-of-the-nurse", PASSWORD
    draft = {"_draft": "booking:x"}
    for password in (wrong, right):
        sent = form | override(password=password) | draft
        director.post("/drafts/", sent)
        fields = director.get("/drafts/", {"form": "booking:x"}).json()["fields"]
        assert not [name for name in fields if name.startswith("_override")]
        director.post(BOOK, sent)
    assert Appointment.objects.count() == 1
    kept = everything_kept() + caplog.text
    assert wrong not in kept
    assert right not in kept
    assert not {wrong, right} & {str(value) for value in dict(director.session).values()}
    assert AccessAttempt.objects.get().post_data == ""


def test_key_of_the_form_does_not_depend_on_who_stood_by(
    director: Client, nurse: Account, form: dict[str, Any]
) -> None:
    first = director.post(BOOK, form | override())
    again = director.post(BOOK, form | override(reason="另一句话"))
    assert first.url == again.url
    assert (Appointment.objects.count(), Override.objects.count()) == (1, 1)


def test_refusal_that_was_not_seen_is_not_set_aside(
    director: Client, nurse: Account, clinic: Any, form: dict[str, Any]
) -> None:
    child = clinic.add_patient("童童", birth_date=date(2014, 5, 1), consents=())
    sent = form | {"patient": str(child.id)}
    answer = director.post(BOOK, sent | override())
    assert answer.status_code == 422
    assert all(f'name="_override-codes" value="{code}"' in answer.text for code in (GUARDIAN, CONSENT))
    assert REASON in answer.text
    assert (
        director.post(BOOK, sent | override() | {"_override-codes": [GUARDIAN, CONSENT]}).status_code == 303
    )


def test_walk_in_is_received_in_an_emergency(
    director: Client, nurse: Account, clinic: Any, form: dict[str, Any]
) -> None:
    sent = {name: form[name] for name in ("patient", "service", "note")}
    sent["practitioner"] = str(clinic.doctor.id)
    assert BLOCK in director.post(WALK_IN, sent).text
    assert director.post(WALK_IN, sent | override()).status_code == 303
    assert Appointment.objects.get().status == "arrived"


def test_walk_in_at_an_offered_time_stays_at_that_time(
    director: Client, nurse: Account, clinic: Any, form: dict[str, Any]
) -> None:
    slot = f"2026-11-23T11:00:00+08:00~{clinic.doctor.id}"
    sent = {name: form[name] for name in ("patient", "service", "note")} | {"_slot": slot}
    assert f'name="_override" value="{slot}"' in director.post(WALK_IN, sent).text
    del sent["_slot"]
    assert director.post(WALK_IN, sent | override() | {"_override": slot}).status_code == 303
    assert Appointment.objects.get().starts_at.isoformat() == "2026-11-23T03:00:00+00:00"


@pytest.fixture
def withdrawn(book: Any, stranger: Patient, clinic: Any, setup_actor: Actor) -> Appointment:
    """An appointment of today of somebody who has since withdrawn the consent."""
    consent = clinic.consent(stranger)
    made: Appointment = book(patient=stranger.id, start=datetime.fromisoformat("2026-11-23T10:00:00+08:00"))
    with recorded(setup_actor):
        consent.withdrawn_at = consent.given_at
        consent.save()
    return made


def test_check_in_from_the_page(
    director: Client, nurse: Account, withdrawn: Appointment, address: Any
) -> None:
    url = address("check_in", withdrawn)
    shown = director.post(url, {"next": QUEUE}).text
    assert BLOCK in shown
    assert f'<form method="post" action="{url}"' in shown
    assert f'<input type="hidden" name="next" value="{QUEUE}">' in shown
    assert director.post(url, {"next": QUEUE} | override()).url == QUEUE
    withdrawn.refresh_from_db()
    assert withdrawn.status == "arrived"


def test_check_in_from_the_queue(
    director: Client, nurse: Account, withdrawn: Appointment, address: Any
) -> None:
    url, headers = address("check_in", withdrawn), {"HX-Request": "true", "HX-Target": "queue"}
    shown = director.post(url, {"next": QUEUE}, headers=headers).text
    assert f'hx-post="{url}" hx-target="#queue"' in shown.partition(BLOCK)[0].rpartition("refusal-list")[2]
    wrong = director.post(url, override(password="wrong"), headers=headers)
    assert (wrong.status_code, REASON in wrong.text, 'id="queue"' in wrong.text) == (422, True, True)
    assert director.post(url, override(), headers=headers).url == QUEUE


def test_moving_in_an_emergency_keeps_reason_and_time(
    director: Client, nurse: Account, withdrawn: Appointment, clinic: Any, address: Any
) -> None:
    url = address("reschedule", withdrawn)
    sent = {"slot": f"2026-11-24T15:00:00+08:00~{clinic.doctor.id}", "reason": "先稳定病情"}
    assert BLOCK in director.post(url, sent).text
    assert director.post(url, sent | override()).status_code == 303


def test_review_leads_from_my_work_to_both_names_and_is_finished_with_a_note(
    director: Client, nurse: Account, browser: Callable[..., Client], form: dict[str, Any]
) -> None:
    director.post(BOOK, form | override())
    verdict, item = (
        Verdict.objects.get(outcome="overridden"),
        WorkItem.objects.get(kind="controls.review_override"),
    )
    page, finish = f"/controls/verdicts/{verdict.id}/", f"/work/{item.id}/finish/"
    quality = browser("quality")
    home = quality.get("/").text
    assert f'href="{page}"' in home
    assert "复核越过的闸口：已同意隐私告知" in home
    shown = quality.get(page).text
    assert all(word in shown for word in ("director", "nurse", REASON, "待复核", "写复核结论"))
    assert quality.post(finish, {"note": ""}).status_code == 422
    assert quality.post(finish, {"note": "病历可证，属实"}).status_code == 303
    done = quality.get(page).text
    assert all(word in done for word in ("已复核", "病历可证，属实", "quality"))
    assert "写复核结论" not in done


def test_whoever_took_part_cannot_review(
    director: Client, with_password: Callable[..., Account], form: dict[str, Any]
) -> None:
    second = with_password("quality")
    director.post(BOOK, form | override(second="quality"))
    item = WorkItem.objects.get(kind="controls.review_override")
    own = Client(SERVER_NAME="127.0.0.1")
    own.force_login(second, backend="django.contrib.auth.backends.ModelBackend")
    assert "请转交他人复核" in own.get(f"/controls/verdicts/{item.subject_id}/").text
    assert own.post(f"/work/{item.id}/finish/", {"note": "属实"}).status_code == 422
    item.refresh_from_db()
    assert item.done_at is None
