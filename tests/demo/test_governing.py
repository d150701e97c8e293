"""The demo's own policies."""

from __future__ import annotations

from tests.demo.conftest import Demo

from liangyi.domains.governance.models import Match, PolicyVersion, Receipt, Setting
from liangyi.domains.governance.rules.bundled import bundled
from liangyi.platform.approvals.models import Approval
from liangyi.platform.controls.queries import parameter


def test_the_pack_is_in_force_with_its_ties(demo: Demo) -> None:
    in_force = PolicyVersion.objects.filter(state="released")
    assert sorted(version.text.splitlines()[0] for version in in_force) == sorted(
        policy.title for policy in bundled().values()
    )
    tied = sum(max(len(codes), 1) for policy in bundled().values() for codes in policy.links.values())
    assert Match.objects.filter(state="confirmed").count() == tied


def test_most_have_read_and_some_have_not(demo: Demo) -> None:
    read = Receipt.objects.exclude(completed_at=None).count()
    assert read > Receipt.objects.filter(completed_at=None).count() > 0


def test_a_stricter_version_waits_for_the_director(demo: Demo) -> None:
    waiting = PolicyVersion.objects.get(state="review")
    assert "平均候诊超过10分钟" in waiting.text
    assert Approval.objects.filter(subject_id=waiting.id, closed_at=None).exists()


def test_clauses_set_what_the_product_goes_by(demo: Demo) -> None:
    today = demo.options.today
    assert parameter("staff.credential_expiring", "days_before", on=today) == 60
    assert Setting.objects.get(state="waiting").parameter == "hours"
