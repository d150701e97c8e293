"""From the board down to a single record, in Chromium."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from liangyi.domains.governance.models import Match, PolicyVersion
from liangyi.platform import clock
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.controls.models import Breach, WatchRun

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
WATCH = "staff.credential_expiring"


@pytest.fixture
def broken(version: PolicyVersion, setup_actor: Actor, site: Site) -> Breach:
    """The first duty of the policy in force is watched, and broken."""
    clause = version.clauses.filter(kind="obligation").order_by("position")[0]
    now = clock.now()
    with recorded(setup_actor):
        PolicyVersion.objects.update(state="released", released_at=now, effective_from=now.date())
        Match.objects.create(
            policy=version.policy,
            identity=clause.identity,
            control=WATCH,
            state="confirmed",
            clause=clause,
            decided_at=now,
        )
        WatchRun.objects.create(control=WATCH, at=now, found=1, opened=1, closed=0)
        return Breach.objects.create(
            control=WATCH, site=site, subject_type="x", subject_id=site.id, opened_at=now
        )


@pytest.mark.parametrize("width", [1440, 390])
def test_board_leads_down_to_the_breach(
    quality_page: Callable[..., Page],
    broken: Breach,
    is_accessible: Callable[[Page], None],
    width: int,
) -> None:
    page = quality_page(width)
    page.goto("/policies/board/")
    is_accessible(page)
    page.get_by_role("link", name="有违规", exact=True).first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("条款台账")
    expect(page.get_by_text("1 条", exact=True)).to_be_visible()
    is_accessible(page)
    page.get_by_role("link", name="接到投诉后5个工作日内答复").click()
    expect(page.get_by_text("监测运行一次")).to_be_visible()
    is_accessible(page)
    page.get_by_role("link", name="只看不合要求的").click()
    expect(page.get_by_text("监测运行一次")).to_be_hidden()
    page.locator(f"a[href='/controls/breaches/{broken.id}/']").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("证照到期")


def test_empty_house_is_told_what_to_do(
    quality_page: Callable[..., Page], is_accessible: Callable[[Page], None]
) -> None:
    page = quality_page(390)
    for address in ("/policies/register/", "/policies/board/"):
        page.goto(address)
        expect(page.get_by_text("还没有施行中的制度")).to_be_visible()
        is_accessible(page)
    page.get_by_role("link", name="按草稿预演").click()
    expect(page.get_by_text("还没有可以预演的条款")).to_be_visible()
