"""A rule from the paper to the inspector: pasted, reviewed, released, broken at the desk, shown, packed."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from playwright.sync_api import expect

from liangyi.domains.governance.models import Match, Pack, PolicyVersion
from liangyi.domains.governance.services import packing
from liangyi.domains.patients.models import Patient
from liangyi.domains.scheduling.models import Appointment
from liangyi.platform import actors, clock

from .conftest import Clinic
from .people import Person
from .test_front_desk import FRIDAY, booking_form, chooses_a_time, finds

TITLE = "前台隐私制度"
RULE = "患者未同意隐私告知的，不得预约。"
TEXT = f"{TITLE}\n一、预约\n{RULE}\n预约成功后应向患者发送确认消息。\n"
# Few letters of "inspector-…": a made user name near to it would be refused, by chance.
OWN = "wohlgemuth-5082"


@pytest.fixture
def home(settings: Any, tmp_path: Path) -> Path:
    """Files of this journey only."""
    settings.HOME = tmp_path / "home"
    return tmp_path


def brings_in(quality: Person) -> PolicyVersion:
    quality.opens("制度").follows("导入制度").fills("或粘贴正文", TEXT).saves("导入制度").sees(RULE)
    return PolicyVersion.objects.get(policy__title=TITLE)


def reviews(quality: Person, version: PolicyVersion) -> None:
    """The first proposal of both clauses, by one key each."""
    quality.follows("审阅对应")
    quality.page.wait_for_selector("#review[data-keys-work]")
    for number in (1, 2):
        quality.page.keyboard.press("1")
        expect(quality.page.get_by_text(f"已审阅 {number} / 2 条")).to_be_visible()
        if number == 1:
            quality.page.keyboard.press("Enter")
            quality.settles()
    tied = set(Match.objects.filter(policy=version.policy).values_list("control", flat=True))
    assert tied == {"scheduling.privacy_consent", "scheduling.confirmation"}


def releases(quality: Person, director: Person, version: PolicyVersion) -> None:
    """Sent by one, approved by the other, in force from today."""
    quality.goes_to(f"/policies/{version.policy_id}/").follows("提交审核").saves("提交审核")
    director.goes_to("/approvals/").follows(f"批准制度：{TITLE}")
    director.page.get_by_role("button", name="同意", exact=True).click()
    expect(director.page.get_by_text("已批准").first).to_be_visible()
    quality.goes_to(f"/policies/{version.policy_id}/").follows("发布").saves("发布").sees("施行中")


def breaks_the_rule(desk: Person) -> str:
    """Tries to book somebody who has not agreed; the refusal leads to the clause. The patient's name."""
    desk.opens("患者").follows("缺隐私同意")
    name = desk.page.locator("#rows .row-link").first.inner_text()
    finds(booking_form(desk), Patient.objects.get(name=name)).sees("还没有同意隐私告知")
    chooses_a_time(desk)
    desk.presses("确认预约").sees("这一步被拦下了", TITLE)
    assert not Appointment.objects.filter(patient__name=name, starts_at__date=FRIDAY).exists()
    return name


def lets_in(quality: Person) -> tuple[str, str]:
    """An inspector's user name and password, shown this once."""
    quality.goes_to("/policies/inspections/").follows("开通检查").fills("单位", "区卫生健康委员会")
    quality.fills("检查员姓名", "李检查员").fills("事由", "年度校验").presses("开通检查").sees(
        "密码只显示这一次"
    )
    username, password = quality.page.locator("dd code").all_text_contents()
    return username, password


def arrives(inspector: Person, password: str) -> Person:
    """Signs in and takes a password of their own."""
    inspector.goes_to("/sign-in/").fills("账号", inspector.name).fills("密码", password).presses("登录")
    inspector.page.get_by_label("原密码").fill(password)
    inspector.page.get_by_label("新密码", exact=True).fill(OWN)
    inspector.page.get_by_label("再输一次新密码").fill(OWN)
    inspector.page.locator("main button[type=submit]").click()
    inspector.settles()
    expect(inspector.page).to_have_url(re.compile("/policies/inspection/"))
    return inspector


def sees_the_refusal(inspector: Person, version: PolicyVersion) -> None:
    """From the register to the clause to the one verdict that kept it."""
    clause = version.clauses.get(text__contains="隐私告知")
    inspector.goes_to(f"/policies/register/?policy={version.policy_id}").follows("患者未同意隐私告知的")
    inspector.is_at(f"/policies/clauses/{clause.id}/").sees("已落实", "已拦下")
    assert inspector.status_of(f"/policies/{version.policy_id}/import/") == 403


def packs(quality: Person, version: PolicyVersion, folder: Path) -> Path:
    """The clauses of the policy, made by the job, downloaded."""
    quality.goes_to("/policies/packs/").follows("制作证据包")
    quality.page.locator("#main").get_by_role("link", name=TITLE).click()
    quality.settles()
    quality.presses("制作证据包").sees("排队中")
    packing.make_pack(actor=actors.system("job:test"), at=clock.now(), pack=Pack.objects.latest("id").id)
    expect(quality.page.get_by_text("做好了，已签名")).to_be_visible()
    with quality.page.expect_download() as download:
        quality.page.locator("a[download]").first.click()
    download.value.save_as(folder / "pack.zip")
    return folder / "pack.zip"


def verifies(archive: Path) -> None:
    """The command agrees, and no longer when one byte is another."""
    call_command("verify_pack", str(archive))
    changed = bytearray(archive.read_bytes())
    changed[len(changed) // 2] ^= 1
    archive.write_bytes(changed)
    with pytest.raises((CommandError, SystemExit)):
        call_command("verify_pack", str(archive))


def test_a_rule_goes_from_the_paper_to_the_inspector(demo: Clinic, home: Path) -> None:
    quality, director = demo("quality").signs_in(), demo("director").signs_in()
    version = brings_in(quality)
    reviews(quality, version)
    releases(quality, director, version)
    breaks_the_rule(demo("reception").signs_in())
    username, password = lets_in(quality)
    sees_the_refusal(arrives(demo(username), password), version)
    verifies(packs(quality, version, home))
