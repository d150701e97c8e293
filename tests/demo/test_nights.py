from __future__ import annotations

from datetime import timedelta

from tests.demo.conftest import Demo

from liangyi.domains.governance.queries.evidence import board
from liangyi.platform.access.models import Account, Site
from liangyi.platform.access.queries import actor_for
from liangyi.platform.controls.evidence.queries import tallies
from liangyi.platform.controls.models import TallyMark, Verdict


def test_tallies_stand_up_to_yesterday_and_hold_every_verdict(demo: Demo) -> None:
    yesterday = demo.options.today - timedelta(days=1)
    assert set(TallyMark.objects.values_list("through", flat=True)) == {yesterday}
    site = Site.objects.get(name="良医医疗美容医院")
    asked = Verdict.objects.filter(
        site=site,
        decision="BookAppointment",
        at__date__gte=demo.options.first_day,
        at__lte=demo.options.moment,
    )
    code = "scheduling.privacy_consent"
    named = sum(code in {*row.passed, *(one["control"] for one in row.refusals)} for row in asked)
    found = tallies([code], site.id, demo.options.first_day, demo.options.today, at=demo.options.moment)
    assert found[code].proofs >= named > 100


def test_board_of_the_demo_shows_every_health(demo: Demo) -> None:
    site = Site.objects.get(name="良医医疗美容医院")
    quality = actor_for(Account.objects.get(username="quality"))
    first = demo.options.today - timedelta(days=29)
    shown = board(quality, site.id, first, demo.options.today, at=demo.options.moment)
    assert all(shown.sites[site.id][health] for health in ("carried_out", "in_breach", "nothing"))
    assert [month for month, counts in shown.months if counts["carried_out"]][-1] == "2026-11"
