from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from liangyi.domains.governance import services
from liangyi.domains.governance.models import Policy, PolicyImport, PolicyVersion
from liangyi.platform import clock
from liangyi.platform.actors import Actor

SECOND = "投诉制度\n一、受理\n接到投诉后3个工作日内答复。\n应做好记录。\n不得推诿，确??蛻粼卺t。\n"


def test_empty_list_says_what_to_do(quality: Client) -> None:
    page = quality.get("/policies/")
    assert page.status_code == 200
    assert "/policies/import/" in page.content.decode()


def test_list_shows_newest_version(quality: Client, version: PolicyVersion) -> None:
    page = quality.get("/policies/").content.decode()
    assert "投诉制度" in page
    assert "2 条义务与禁止，共 4 条" in page


def test_kinds_look_like_no_state(quality: Client, version: PolicyVersion) -> None:
    page = quality.get(f"/policies/{version.policy_id}/").content.decode()
    assert '<span class="status status-tone-quiet">义务</span>' in page
    assert "status-tone-good" not in page


def test_pasted_policy_is_read_and_opened(quality: Client) -> None:
    answer = quality.post("/policies/import/", {"text": SECOND, "title": "投诉办法"})
    policy = Policy.objects.get()
    assert answer.status_code in (302, 303)
    assert answer["Location"] == f"/policies/{policy.id}/"
    assert policy.title == "投诉办法"


def test_uploaded_file_keeps_its_name(quality: Client) -> None:
    quality.post("/policies/import/", {"file": SimpleUploadedFile("投诉.txt", SECOND.encode("gb18030"))})
    assert PolicyVersion.objects.get().source.filename == "投诉.txt"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ({}, "请选择文件，或粘贴正文"),
        ({"file": SimpleUploadedFile("a.pdf", b"%PDF-rubbish")}, "已损坏"),
        ({"file": SimpleUploadedFile("a.txt", b"x"), "text": "应记录"}, "只能选一种"),
    ],
)
def test_import_that_cannot_be_is_told_beside_the_field(
    quality: Client, data: dict[str, object], words: str
) -> None:
    answer = quality.post("/policies/import/", data)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not Policy.objects.exists()


def test_large_text_is_read_by_a_job_with_progress(quality: Client, setup_actor: Actor) -> None:
    answer = quality.post("/policies/import/", {"text": "应每日记录。\n" * 9000})
    waiting = PolicyImport.objects.get()
    assert answer["Location"] == f"/policies/imports/{waiting.id}/"
    assert 'hx-trigger="every 1s"' in quality.get(answer["Location"]).content.decode()
    services.finish_import(actor=setup_actor, at=clock.now(), waiting=waiting.id)
    done = quality.get(answer["Location"])
    assert done["Location"] == f"/policies/{Policy.objects.get().id}/"


def test_failed_import_says_why(quality: Client, setup_actor: Actor) -> None:
    quality.post("/policies/import/", {"file": SimpleUploadedFile("a.pdf", b"%PDF-" + b"x" * 70_000)})
    waiting = PolicyImport.objects.get()
    services.finish_import(actor=setup_actor, at=clock.now(), waiting=waiting.id)
    page = quality.get(f"/policies/imports/{waiting.id}/").content.decode()
    assert "已损坏" in page
    assert "every 1s" not in page


def test_document_shows_tree_kinds_and_clauses(quality: Client, version: PolicyVersion) -> None:
    page = quality.get(f"/policies/{version.policy_id}/").content.decode()
    assert 'href="#c1"' in page
    assert "接到投诉后5个工作日内答复。" in page
    assert "义务" in page


def test_kind_filters_clauses(quality: Client, version: PolicyVersion) -> None:
    page = quality.get(f"/policies/{version.policy_id}/?kind=heading").content.decode()
    assert "接到投诉后5个工作日内答复。" not in page


def test_new_version_leads_to_the_comparison(quality: Client, version: PolicyVersion) -> None:
    answer = quality.post(f"/policies/{version.policy_id}/import/", {"text": SECOND})
    assert answer["Location"] == f"/policies/{version.policy_id}/compare/"
    page = quality.get(answer["Location"]).content.decode()
    assert "<mark>5</mark>" in page
    assert "<mark>3</mark>" in page
    assert "应做好记录" not in page


def test_broken_spot_is_marked(quality: Client, version: PolicyVersion) -> None:
    quality.post(f"/policies/{version.policy_id}/import/", {"text": SECOND})
    page = quality.get(f"/policies/{version.policy_id}/").content.decode()
    assert "<mark>??" in page
    assert "有缺字" in page


def test_clause_page_tells_its_place(quality: Client, version: PolicyVersion) -> None:
    clause = version.clauses.get(number="1.p1")
    page = quality.get(f"/policies/clauses/{clause.id}/").content.decode()
    assert "条款 1.p1" in page
    assert "一、受理" in page


def test_text_is_never_markup(quality: Client) -> None:
    quality.post("/policies/import/", {"text": "员工不得<script>alert(1)</script>。"})
    page = quality.get(f"/policies/{Policy.objects.get().id}/").content.decode()
    assert "<script>alert" not in page


@pytest.mark.parametrize("role", ["reception", "cashier", "storekeeper"])
def test_others_see_no_policies(browser: Callable[..., Client], version: PolicyVersion, role: str) -> None:
    client = browser(role)
    for address in ("/policies/", f"/policies/{version.policy_id}/", "/policies/import/"):
        assert client.get(address).status_code == 403


def test_surgeon_reads_but_does_not_import(browser: Callable[..., Client], version: PolicyVersion) -> None:
    client = browser("surgeon")
    assert client.get(f"/policies/{version.policy_id}/").status_code == 200
    assert client.post("/policies/import/", {"text": "应记录。"}).status_code == 403
    assert Policy.objects.count() == 1


@pytest.mark.parametrize("query", ["?version=9", "?version=x", "?after=²"])
def test_wrong_number_is_not_found(quality: Client, version: PolicyVersion, query: str) -> None:
    assert quality.get(f"/policies/{version.policy_id}/{query}").status_code == 404


def test_long_document_comes_in_pages(quality: Client, setup_actor: Actor) -> None:
    text = "".join(f"第{number}条 员工应每日检查{number}号设备。\n" for number in range(1, 402))
    version = services.import_policy(actor=setup_actor, at=clock.now(), content=text.encode())
    first = quality.get(f"/policies/{version.policy_id}/").content.decode()
    assert "after=299" in first
    second = quality.get(f"/policies/{version.policy_id}/?after=299").content.decode()
    assert "检查301号设备" in second
    assert "检查300号设备" not in second


def test_document_costs_the_same_for_few_and_many(
    quality: Client, setup_actor: Actor, django_assert_max_num_queries: Callable[..., object]
) -> None:
    for count in (1, 30):
        content = ("应每日检查。\n" * count).encode()
        version = services.import_policy(actor=setup_actor, at=clock.now(), content=content)
        with django_assert_max_num_queries(21):  # type: ignore[attr-defined]
            assert quality.get(f"/policies/{version.policy_id}/").status_code == 200


def test_clause_opens_in_the_drawer(quality: Client, version: PolicyVersion) -> None:
    clause = version.clauses.all()[0]
    headers = {"HX-Request": "true", "HX-Target": "drawer-body"}
    page = quality.get(f"/policies/clauses/{clause.id}/", headers=headers)
    assert page.status_code == 200
    assert clause.text.strip() in page.content.decode()
