"""What each role meets: its own work, its own numbers, and nothing of others."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from liangyi.domains.scheduling.models import Appointment

from .conftest import TODAY, Clinic


def coming() -> Appointment:
    """The hospital's next appointment after today."""
    found = Appointment.objects.filter(
        status="booked", starts_at__date__gt=TODAY, site__name="良医医疗美容医院"
    )
    return found.select_related("patient", "practitioner").earliest("starts_at")


def test_leave_shows_whom_it_hits_and_gives_the_desk_its_work(demo: Clinic) -> None:
    hit = coming()
    date, name = hit.starts_at.astimezone().date(), hit.practitioner.name
    director = demo("director").signs_in().opens("排班")
    director.page.get_by_role("link", name=f"请假 {name}").click()
    expect(director.page.locator("#drawer.show")).to_contain_text("登记请假")
    director.fills("从", f"{date}T00:00").fills("到", f"{date}T23:00").fills("事由", "进修")
    director.presses("登记请假").sees("会影响", hit.patient.name)
    director.presses("看过了，确认改动")
    expect(director.page.locator("#leave-title").locator("xpath=../..")).to_contain_text("进修")
    desk = demo("reception").signs_in().opens("我的工作")
    desk.sees(f"为 {date} {hit.starts_at.astimezone():%H:%M} 的预约另约时间")


def test_quality_sees_the_numbers_and_what_the_gates_decided(demo: Clinic) -> None:
    quality = demo("quality").signs_in().opens("指标").sees("爽约率", "预约提前期", "候诊时间")
    quality.opens("规则与证据").follows("裁定记录")
    expect(quality.page.locator("#rows .row-item").first).to_be_visible()


def test_other_site_finds_neither_the_patient_nor_the_appointment(demo: Clinic) -> None:
    found = coming()
    outsider = demo("outsider").signs_in()
    assert outsider.status_of(f"/patients/{found.patient_id}/") == 404
    assert outsider.status_of(f"/scheduling/appointments/{found.id}/") == 404
    outsider.goes_to(f"/patients/{found.patient_id}/").sees("这里没有您要找的内容")
    outsider.does_not_see(found.patient.name)
    outsider.goes_to("/patients/").does_not_see(found.patient.name)


def test_administrator_sees_the_accounts(demo: Clinic) -> None:
    admin = demo("admin").signs_in().goes_to("/access/")
    admin.sees("reception", "王雅婷", "dentist", "许嘉文")


def test_language_is_switched_to_english_and_traditional(demo: Clinic) -> None:
    desk = demo("reception").signs_in().opens("预约")
    for language, words in (("English", "My work"), ("繁體中文", "候診")):
        desk.page.locator(".me-button").click()
        desk.presses(language)
        expect(desk.page.locator("aside")).to_contain_text(words)


@pytest.mark.parametrize("role", ["director", "reception"])
def test_every_entry_is_accessible_and_fits_the_screen(demo: Clinic, role: str) -> None:
    person = demo(role, bypass_csp=True).signs_in()
    entries = person.page.locator("nav[aria-label=主导航] .nav-list a")
    paths = [link.get_attribute("href") for link in entries.all()]
    assert len(paths) >= 7
    found = []
    for width in (1440, 390):
        person.page.set_viewport_size({"width": width, "height": 900})
        for path in paths:
            person.goes_to(path)
            found += [(width, path, complaint) for complaint in person.axe_complaints()]
            if person.is_wider_than_the_screen():
                found.append((width, path, "too wide"))
    assert found == []
