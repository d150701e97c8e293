"""An emergency look: reason, end, log, review by another."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest

from liangyi.platform.access import queries, services
from liangyi.platform.access.errors import AlreadyReviewed
from liangyi.platform.access.models import BreakGlass
from liangyi.platform.audit.models import ReadLog
from liangyi.platform.errors import Denied, Invalid, Missing
from liangyi.platform.worklist.models import WorkItem

pytestmark = pytest.mark.django_db
PATIENT = ("patients.patient", uuid4())
REASON = "昏迷送来，无人可问"


@pytest.fixture
def opened(acting, site, at):
    nurse = acting("nurse")
    record = services.open_break_glass(actor=nurse, at=at, site=site.pk, subject=PATIENT, reason=REASON)
    return nurse, record


def test_open_break_glass_opens_for_four_hours_to_that_person_only(opened, acting, at):
    nurse, _record = opened
    assert queries.break_glass_open_for(nurse, PATIENT, at + timedelta(hours=3, minutes=59))
    assert not queries.break_glass_open_for(nurse, PATIENT, at + timedelta(hours=4))
    assert not queries.break_glass_open_for(acting("surgeon"), PATIENT, at)


def test_open_break_glass_is_logged_and_becomes_work_for_quality(opened, site):
    _nurse, record = opened
    read = ReadLog.objects.get(subject_id=PATIENT[1])
    item = WorkItem.objects.get()
    assert (read.what, read.actor_name) == ("break_glass", "nurse")
    assert (item.role, item.site_id, item.subject_id) == ("quality", site.pk, record.pk)


def test_open_break_glass_again_hands_back_the_open_one(opened, site, at):
    nurse, record = opened
    again = services.open_break_glass(actor=nurse, at=at, site=site.pk, subject=PATIENT, reason=REASON)
    assert again.pk == record.pk


@pytest.mark.parametrize("reason", ["", "  急  ", "字" * 2001, "昏迷送来\x00的"])
def test_open_break_glass_needs_a_written_reason(acting, site, at, reason):
    with pytest.raises(Invalid):
        services.open_break_glass(actor=acting("nurse"), at=at, site=site.pk, subject=PATIENT, reason=reason)
    assert not BreakGlass.objects.exists()


def test_open_break_glass_is_denied_to_whoever_treats_nobody(acting, site, other_site, at):
    with pytest.raises(Denied):
        services.open_break_glass(
            actor=acting("cashier"), at=at, site=site.pk, subject=PATIENT, reason=REASON
        )
    with pytest.raises(Missing):
        services.open_break_glass(
            actor=acting("nurse"), at=at, site=other_site.pk, subject=PATIENT, reason=REASON
        )
    assert not BreakGlass.objects.exists()


def test_review_break_glass_closes_the_work(opened, acting, at):
    quality = acting("quality")
    row = services.review_break_glass(actor=quality, at=at, record=opened[1].pk, note="属实")
    assert (row.reviewed_by_id, row.review_note) == (quality.id, "属实")
    assert WorkItem.objects.get().done_by_id == quality.id


def test_review_break_glass_is_for_another_person_with_the_right_and_once(opened, acting, at, site):
    nurse, record = opened
    with pytest.raises(Denied):
        services.review_break_glass(actor=nurse, at=at, record=record.pk, note="属实")
    services.review_break_glass(actor=acting("quality"), at=at, record=record.pk, note="属实")
    with pytest.raises(AlreadyReviewed):
        services.review_break_glass(actor=acting("director"), at=at, record=record.pk, note="不属实")
    assert BreakGlass.objects.get().review_note == "属实"


def test_review_break_glass_of_another_site_is_missing(opened, acting, other_site, at):
    outsider = acting("quality", "outsider", other_site)
    with pytest.raises(Missing):
        services.review_break_glass(actor=outsider, at=at, record=opened[1].pk, note="属实")
    assert BreakGlass.objects.get().reviewed_at is None


def test_break_glass_visible_to_reviewers_and_to_whoever_looked(opened, acting):
    nurse, _record = opened
    seen = [
        queries.break_glass_visible_to(who).count() for who in (nurse, acting("quality"), acting("cashier"))
    ]
    assert seen == [1, 1, 0]
