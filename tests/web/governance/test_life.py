"""From draft to receipt, page by page."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime

import pytest
from django.test import Client

from liangyi.domains.governance import services
from liangyi.domains.governance.models import Policy, PolicyVersion, Receipt
from liangyi.domains.governance.services.life import release_version, submit_version
from liangyi.domains.governance.services.receipts import ask_new_readers
from liangyi.platform import clock
from liangyi.platform.access.models import Account
from liangyi.platform.access.queries import actor_for
from liangyi.platform.actors import Actor
from liangyi.platform.approvals.models import Approval
from liangyi.platform.approvals.services import decide
from liangyi.platform.clock import HOME_ZONE, local_day

Browser = Callable[..., Client]
SECOND = "投诉制度\n一、受理\n接到投诉后3个工作日内答复。\n应做好记录。\n"
TEST = {"text_1": "几天答复？", "option_1_0": "3 天", "option_1_2": "5 天", "answer_1": "2"}


def _today() -> date:
    return local_day(clock.now(), HOME_ZONE)


@pytest.fixture
def approved(version: PolicyVersion, person: Callable[..., Account]) -> PolicyVersion:
    writer, boss = (actor_for(person(role, f"{role}-1")) for role in ("quality", "director"))
    submit_version(actor=writer, at=clock.now(), version=version.id)
    decide(actor=boss, at=clock.now(), approval=Approval.objects.get(), approve=True)
    return version


@pytest.fixture
def released(approved: PolicyVersion, setup_actor: Actor) -> Callable[..., PolicyVersion]:
    """`released("nurse")`: in force today, to be read by nurses."""

    def go(*readers: str, day: date | None = None) -> PolicyVersion:
        return release_version(
            actor=setup_actor,
            at=clock.now(),
            version=approved.id,
            effective_from=day or _today(),
            readers=readers,
        )

    return go


def test_draft_page_says_what_is_next_and_who(quality: Client, version: PolicyVersion) -> None:
    page = quality.get(f"/policies/{version.policy_id}/").content.decode()
    assert "等待提交审核" in page
    assert "质量经理" in page
    assert f"/policies/versions/{version.id}/submit/" in page


def test_submitting_warns_of_open_clauses_but_goes_on(quality: Client, version: PolicyVersion) -> None:
    address = f"/policies/versions/{version.id}/submit/"
    assert "还有 2 条没有确认控制" in quality.get(address).content.decode()
    assert quality.post(address, {"note": "首版"}).status_code in (302, 303)
    page = quality.get(f"/policies/{version.policy_id}/").content.decode()
    assert "等待审批" in page
    assert f"/approvals/{Approval.objects.get().id}/" in page
    assert "首版" in page


def test_approver_reads_facts_and_the_version_is_approved(
    quality: Client, browser: Browser, version: PolicyVersion
) -> None:
    director = browser("director")
    quality.post(f"/policies/versions/{version.id}/submit/", {"note": "首版"})
    address = f"/approvals/{Approval.objects.get().id}/"
    page = director.get(address).content.decode()
    for words in ("批准制度：投诉制度（第 1 版）", "首次施行", "还没有确认控制"):
        assert words in page
    director.post(address, {"answer": "yes", "step": 1})
    assert "已批准，等待发布" in director.get(f"/policies/{version.policy_id}/").content.decode()


def test_release_asks_who_has_to_read(
    quality: Client, approved: PolicyVersion, person: Callable[..., Account]
) -> None:
    person("nurse")
    address = f"/policies/versions/{approved.id}/release/"
    assert f'value="{_today():%Y-%m-%d}"' in quality.get(address).content.decode()
    data = {"effective_from": _today(), "review_months": 6, "readers": ["nurse"], "due_days": 5}
    assert quality.post(address, data).status_code in (302, 303)
    page = quality.get(f"/policies/{approved.policy_id}/").content.decode()
    assert "施行中" in page
    assert "0 / 1" in page
    assert Policy.objects.get().review_months == 6


def test_release_tells_what_is_wrong_beside_the_field(quality: Client, approved: PolicyVersion) -> None:
    address = f"/policies/versions/{approved.id}/release/"
    data = {"effective_from": "2020-01-01", "review_months": 12, "due_days": 5}
    answer = quality.post(address, data)
    assert answer.status_code == 422
    assert "生效日期不能早于今天" in answer.content.decode()
    long = quality.post(address, data | {"effective_from": _today(), "review_months": 99})
    assert "复审周期在 1 到 12 个月之间" in long.content.decode()


def test_scheduled_version_is_recalled_or_brought_forward(
    quality: Client, released: Callable[..., PolicyVersion]
) -> None:
    version = released(day=date(_today().year + 1, 1, 1))
    page = quality.get(f"/policies/{version.policy_id}/").content.decode()
    assert f"已发布，{_today().year + 1}-01-01 起施行" in page
    assert "阅读要求一并收回" in quality.get(f"/policies/versions/{version.id}/recall/").content.decode()
    quality.post(f"/policies/versions/{version.id}/recall/", {"note": "改期"})
    version.refresh_from_db()
    assert version.released_at is None
    assert quality.post(f"/policies/versions/{version.id}/today/").status_code == 409


def test_waiting_version_applies_from_today(quality: Client, released: Callable[..., PolicyVersion]) -> None:
    version = released(day=date(_today().year + 1, 1, 1))
    quality.post(f"/policies/versions/{version.id}/today/")
    version.refresh_from_db()
    assert (version.state, version.effective_from) == ("released", _today())
    found = quality.get(f"/policies/versions/{version.id}/")
    assert found["Location"] == f"/policies/{version.policy_id}/?version=1"


def test_test_is_written_and_flaws_stand_at_their_question(quality: Client, approved: PolicyVersion) -> None:
    address = f"/policies/versions/{approved.id}/test/"
    flawed = quality.post(address, {"text_3": "没有选项", "answer_3": ""})
    assert flawed.status_code == 422
    assert "给出两到四个选项" in flawed.content.decode()
    assert quality.post(address, TEST).status_code in (302, 303)
    question = approved.questions.get()
    assert (question.options, question.answer) == (["3 天", "5 天"], 1)
    assert "几天答复？" in quality.get(address).content.decode()


def test_reader_of_any_role_reads_confirms_and_answers(
    quality: Client, browser: Browser, approved: PolicyVersion, released: Callable[..., PolicyVersion]
) -> None:
    nurse = browser("nurse")
    quality.post(f"/policies/versions/{approved.id}/test/", TEST)
    released("nurse")
    receipt = Receipt.objects.get()
    address = f"/policies/to-read/{receipt.id}/"
    assert address in nurse.get("/").content.decode()
    assert address in nurse.get("/policies/to-read/").content.decode()
    page = nurse.get(address).content.decode()
    assert "接到投诉后5个工作日内答复。" in page
    assert "已读 0 / 4 条" in page
    answer = nurse.post(address, {"position": 3, "confirm": 1})
    assert answer["Location"] == f"{address}test/"
    wrong = nurse.post(f"{address}test/", {"answer_1": 0}, follow=True)
    assert "上次答对 0 / 1 题" in wrong.content.decode()
    right = nurse.post(f"{address}test/", {"answer_1": 1}, follow=True)
    assert "全部答对，已完成" in right.content.decode()
    assert "已完成" in nurse.get("/policies/to-read/?list=done").content.decode()


def test_nobody_confirms_before_the_end(browser: Browser, released: Callable[..., PolicyVersion]) -> None:
    nurse = browser("nurse")
    released("nurse")
    receipt = Receipt.objects.get()
    address = f"/policies/to-read/{receipt.id}/"
    assert nurse.post(address, {"position": 1, "confirm": 1}).status_code == 422
    assert nurse.post(address, {"position": "x"}).status_code == 404
    receipt.refresh_from_db()
    assert receipt.completed_at is None


def test_only_the_reader_opens_a_receipt(
    quality: Client, browser: Browser, released: Callable[..., PolicyVersion]
) -> None:
    browser("nurse")
    version = released("nurse")
    address = f"/policies/to-read/{Receipt.objects.get().id}/"
    surgeon = browser("surgeon")
    for path in (address, f"{address}test/", f"{address}changes/"):
        assert surgeon.get(path).status_code == 404
    assert quality.get(address)["Location"] == f"/policies/versions/{version.id}/readers/"
    assert "待阅读" in quality.get(f"/policies/versions/{version.id}/readers/").content.decode()


def test_reader_sees_only_what_has_changed(
    quality: Client, browser: Browser, released: Callable[..., PolicyVersion], person: Callable[..., Account]
) -> None:
    nurse = browser("nurse")
    policy = released().policy_id
    second = services.import_policy(
        actor=actor_for(person("quality", "q3")), at=clock.now(), content=SECOND.encode(), policy=policy
    )
    quality.post(f"/policies/versions/{second.id}/submit/", {"note": "改期限"})
    boss = actor_for(Account.objects.get(username="director-1"))
    decide(actor=boss, at=clock.now(), approval=Approval.objects.get(state="waiting"), approve=True)
    data = {"effective_from": _today(), "review_months": 12, "readers": ["nurse"], "due_days": 7}
    quality.post(f"/policies/versions/{second.id}/release/", data)
    page = nurse.get(f"/policies/to-read/{Receipt.objects.get().id}/changes/").content.decode()
    assert "<mark>3</mark>" in page
    assert "应做好记录" not in page


def test_review_confirms_or_asks_for_grounds(quality: Client, released: Callable[..., PolicyVersion]) -> None:
    address = f"/policies/{released().policy_id}/review/"
    assert quality.post(address, {"note": ""}).status_code == 422
    assert quality.post(address, {"note": "法规未变"}).status_code in (302, 303)
    assert "复审：仍然适用" in quality.get(f"/policies/{Policy.objects.get().id}/").content.decode()


def test_director_retires_and_quality_does_not(
    quality: Client, browser: Browser, released: Callable[..., PolicyVersion]
) -> None:
    address = f"/policies/{released().policy_id}/retire/"
    assert quality.post(address, {"note": "不再开展"}).status_code == 403
    director = browser("director")
    assert "所有版本停止施行" in director.get(address).content.decode()
    assert director.post(address, {"note": "不再开展"}).status_code in (302, 303)
    assert "已废止" in director.get(f"/policies/{Policy.objects.get().id}/").content.decode()


@pytest.mark.parametrize("role", ["reception", "surgeon", "admin"])
def test_others_take_no_step(browser: Browser, version: PolicyVersion, role: str) -> None:
    client = browser(role)
    for step in ("submit", "release", "recall", "today", "test"):
        assert client.post(f"/policies/versions/{version.id}/{step}/", {}).status_code == 403
    assert client.get("/policies/to-read/").status_code == 200
    version.refresh_from_db()
    assert version.state == "draft"


def test_readers_cost_the_same_for_few_and_many(
    quality: Client,
    person: Callable[..., Account],
    setup_actor: Actor,
    released: Callable[..., PolicyVersion],
    django_assert_num_queries: Callable[..., object],
) -> None:
    version = released("nurse")
    address = f"/policies/versions/{version.id}/readers/"
    for names in ("a", "bc"):
        for name in names:
            person("nurse", name)
        ask_new_readers(actor=setup_actor, at=clock.now())
        quality.get(address)
        with django_assert_num_queries(8):  # type: ignore[attr-defined]
            assert quality.get(address).status_code == 200


def test_what_i_have_to_read_costs_the_same_for_few_and_many(
    browser: Browser,
    person: Callable[..., Account],
    setup_actor: Actor,
    at: datetime,
    django_assert_num_queries: Callable[..., object],
) -> None:
    nurse = browser("nurse")
    boss = actor_for(person("director"))
    for texts in ("甲", "乙丙"):
        for text in texts:
            _to_be_read(text, setup_actor, boss)
        nurse.get("/policies/to-read/")
        with django_assert_num_queries(6):  # type: ignore[attr-defined]
            assert nurse.get("/policies/to-read/").status_code == 200


def _to_be_read(title: str, writer: Actor, boss: Actor) -> None:
    """A policy in force that nurses have to read."""
    now = clock.now()
    version = services.import_policy(actor=writer, at=now, content=f"{title}制度\n应每日检查。\n".encode())
    submit_version(actor=writer, at=now, version=version.id)
    decide(actor=boss, at=now, approval=Approval.objects.get(state="waiting"), approve=True)
    release_version(actor=writer, at=now, version=version.id, effective_from=_today(), readers=["nurse"])
