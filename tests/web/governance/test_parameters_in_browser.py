"""A value from the clause to the approval, in Chromium, at a desk and on a phone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from liangyi.domains.governance import services
from liangyi.domains.governance.models import Match, PolicyVersion, Setting
from liangyi.domains.governance.services.parameters import request_setting
from liangyi.platform import clock
from liangyi.platform.access.models import Account
from liangyi.platform.access.queries import actor_for
from liangyi.platform.actors import Actor
from liangyi.platform.approvals.models import Approval
from liangyi.platform.approvals.services import decide
from liangyi.platform.audit.services import recorded
from liangyi.platform.clock import HOME_ZONE, local_day

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
CONTROL, NAME = "staff.credential_expiring", "days_before"
TEXT = "{title}\n一、证照\n证照到期前{days}天应提醒本人。\n应做好记录。\n"


@pytest.fixture
def matches(setup_actor: Actor, person: Callable[..., Account]) -> list[Match]:
    """Two policies in force that speak of certificates; the first sets 120 days."""
    now = clock.now()
    found = []
    for title, days in (("证照管理", 120), ("人事制度", 60)):
        text = TEXT.format(title=title, days=days).encode()
        version = services.import_policy(actor=setup_actor, at=now, content=text)
        with recorded(setup_actor):
            PolicyVersion.objects.filter(id=version.id).update(
                state="released", effective_from=local_day(now, HOME_ZONE), released_at=now
            )
        clause = version.clauses.get(number="1.p1")
        found.append(
            services.decide_match(
                actor=setup_actor, at=now, clause=clause.id, control=CONTROL, state="confirmed"
            )
        )
    asker, approver = (actor_for(person("director", name)) for name in ("asker", "approver"))
    setting = request_setting(
        actor=asker,
        at=now,
        match=found[0].id,
        parameter=NAME,
        value=120,
        effective_from=local_day(now, HOME_ZONE) + timedelta(days=3),
    )
    decide(actor=approver, at=now, approval=Approval.objects.get(subject_id=setting.id), approve=True)
    return found


@pytest.mark.parametrize("width", [1440, 390])
def test_value_is_asked_for_from_its_clause(
    quality_page: Callable[[int], Page],
    is_accessible: Callable[[Page], None],
    matches: list[Match],
    width: int,
) -> None:
    page = quality_page(width)
    page.goto("/policies/parameters/")
    is_accessible(page)
    page.get_by_role("row").filter(has_text="证照到期").get_by_role("link").first.click()
    page.wait_for_url(f"**/{CONTROL}/{NAME}/")
    is_accessible(page)
    row = page.get_by_role("listitem").filter(has_text="《人事制度》")
    row.get_by_role("link", name="按条款设定").click()
    expect(page.get_by_label("提前提醒天数")).to_have_value("60")
    expect(page.get_by_text("与《证照管理》1.p1 的 120 天不一致")).to_be_visible()
    page.get_by_label("提前提醒天数").fill("7")
    page.get_by_role("button", name="提请批准").click()
    expect(page.get_by_text("制度不能更宽")).to_be_visible()
    is_accessible(page)
    page.get_by_label("提前提醒天数").fill("60")
    page.get_by_role("button", name="提请批准").click()
    expect(page.get_by_role("link", name="看审批")).to_be_visible()
    is_accessible(page)
    assert Setting.objects.get(match=matches[1]).value == 60
