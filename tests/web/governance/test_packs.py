"""Evidence packs on screen: chosen, watched, downloaded; nobody else's."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from liangyi.domains.governance.models import Pack, PolicyVersion
from liangyi.domains.governance.services import packing
from liangyi.platform import clock
from liangyi.platform.actors import Actor
from liangyi.platform.audit.models import ReadLog
from liangyi.platform.audit.services import recorded
from liangyi.platform.clock import local_day
from liangyi.platform.documents import pdf

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home(settings: Any, tmp_path: Path) -> None:
    if not list(pdf.FONTS.glob("*.ttf")):
        pytest.skip("NO FONTS: the front end was not built")
    settings.HOME = tmp_path


def _form(version: PolicyVersion, **said: Any) -> dict[str, Any]:
    today = local_day(clock.now(), "Asia/Shanghai").isoformat()
    rules = version.clauses.filter(kind__in=("obligation", "prohibition"))
    clauses = [str(clause.id) for clause in rules]
    words = {"title": "年度校验", "first_day": today, "last_day": today, "clauses": clauses}
    return words | {"inspection": ""} | said


@pytest.fixture
def pack(quality: Client, version: PolicyVersion) -> Pack:
    """Asked for on screen, not yet made."""
    answer = quality.post(f"/policies/packs/new/?policy={version.policy_id}", _form(version))
    found = Pack.objects.get()
    assert answer["Location"] == f"/policies/packs/{found.id}/"
    return found


@pytest.fixture
def made(pack: Pack, setup_actor: Actor) -> Pack:
    return packing.make_pack(actor=setup_actor, at=clock.now(), pack=pack.id)


def test_empty_list_says_what_to_do(quality: Client) -> None:
    page = quality.get("/policies/packs/").content.decode()
    assert "还没有证据包" in page
    assert "/policies/packs/new/" in page


def test_without_policies_the_form_leads_to_them(quality: Client) -> None:
    assert "先导入一份制度" in quality.get("/policies/packs/new/").content.decode()


def test_policy_brings_its_clauses_ticked(quality: Client, version: PolicyVersion) -> None:
    assert "先在上面选一份制度" in quality.get("/policies/packs/new/").content.decode()
    page = quality.get(f"/policies/packs/new/?policy={version.policy_id}").content.decode()
    assert page.count('name="clauses"') == 2
    assert page.count(" checked") == 2
    assert "投诉制度证据包" in page


def test_registers_own_filter_narrows_the_choice(quality: Client, version: PolicyVersion) -> None:
    page = quality.get("/policies/packs/new/?text=答复").content.decode()
    assert page.count('name="clauses"') == 1
    assert "应做好记录" not in page


def test_error_keeps_what_was_ticked(quality: Client, version: PolicyVersion) -> None:
    address, form = f"/policies/packs/new/?policy={version.policy_id}", _form(version, title="")
    form["clauses"] = form["clauses"][:1]
    answer = quality.post(address, form)
    assert answer.status_code == 422
    assert answer.content.decode().count(" checked") == 1
    assert not Pack.objects.exists()


@pytest.mark.parametrize("clauses", [[], ["nonsense"]])
def test_nothing_chosen_is_told(quality: Client, version: PolicyVersion, clauses: list[str]) -> None:
    answer = quality.post("/policies/packs/new/", _form(version, clauses=clauses))
    assert answer.status_code == 422
    assert not Pack.objects.exists()


def test_progress_is_asked_for_while_it_is_made(quality: Client, pack: Pack, setup_actor: Actor) -> None:
    address = f"/policies/packs/{pack.id}/"
    assert "排队中" in quality.get(address).content.decode()
    with recorded(setup_actor):
        Pack.objects.update(state="running", done=1)
    running = quality.get(address).content.decode()
    assert "已完成 1 / 2 条" in running
    assert 'hx-trigger="every 1s"' in running
    packing.make_pack(actor=setup_actor, at=clock.now(), pack=pack.id)
    done = quality.get(address).content.decode()
    assert "做好了，已签名" in done
    assert "every 1s" not in done
    assert "--fingerprint" in done


def test_download_is_the_pack_and_is_written_down(quality: Client, made: Pack) -> None:
    answer = quality.get(f"/policies/packs/{made.id}/download/")
    content = b"".join(answer.streaming_content)  # type: ignore[arg-type]
    assert len(content) == made.size == int(answer["Content-Length"])
    assert zipfile.ZipFile(io.BytesIO(content)).testzip() is None
    assert "%E5%B9%B4%E5%BA%A6" in answer["Content-Disposition"]
    assert ReadLog.objects.filter(what="pack", subject_id=made.id).count() == 1


def test_failed_pack_says_why_and_is_tried_again(quality: Client, pack: Pack, setup_actor: Actor) -> None:
    with recorded(setup_actor):
        Pack.objects.update(state="failed", error="缺少中文字体")
    address = f"/policies/packs/{pack.id}/"
    assert "缺少中文字体" in quality.get(address).content.decode()
    assert quality.post(f"{address}retry/").status_code == 303
    assert Pack.objects.get().state == "waiting"
    assert quality.post(f"{address}retry/").status_code == 409


def test_unfinished_pack_is_not_there_to_download(quality: Client, pack: Pack) -> None:
    assert quality.get(f"/policies/packs/{pack.id}/download/").status_code == 404


def test_keys_are_shown_with_their_fingerprints(quality: Client, made: Pack) -> None:
    page = quality.get("/policies/packs/").content.decode()
    assert "签名公钥指纹" in page
    assert "已完成" in page


def test_others_have_no_packs(browser: Callable[[str], Client], made: Pack) -> None:
    client = browser("surgeon")
    assert client.get("/policies/packs/").status_code == 403
    assert client.get("/policies/packs/new/").status_code == 403
    assert client.get(f"/policies/packs/{made.id}/").status_code == 403
    assert client.get(f"/policies/packs/{made.id}/download/").status_code == 404
    assert client.post(f"/policies/packs/{made.id}/retry/").status_code == 403


def test_list_costs_the_same_for_one_and_three(
    quality: Client, made: Pack, version: PolicyVersion, django_assert_num_queries: Any
) -> None:
    for more in (0, 2):
        for _one in range(more):
            quality.post("/policies/packs/new/", _form(version))
        quality.get("/policies/packs/")
        with django_assert_num_queries(7):
            quality.get("/policies/packs/")
