"""Leave for inspectors: one site, until an hour that is named, reading alone."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest

from liangyi.domains.governance.models import Inspection
from liangyi.domains.governance.permissions import INSPECT
from liangyi.domains.governance.queries import inspecting as queries
from liangyi.domains.governance.rules.inspecting import state_of, trouble_with_times
from liangyi.domains.governance.services import inspecting as services
from liangyi.platform.access.models import Account, Site
from liangyi.platform.access.queries import actor_for
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import log_read
from liangyi.platform.errors import Denied, Invalid, Missing

pytestmark = pytest.mark.django_db
# Policies, evidence, and what evidence is about: people's licences, equipment, services. No patients.
MAY = frozenset(
    {
        "governance.view",
        "controls.view",
        "staff.see",
        "staff.see_credentials",
        "facilities.see",
        "catalogue.see",
    }
)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def opening(quality: Actor, site: Site, at: datetime) -> Callable[..., services.Opened]:
    """`opening()` lets an inspector in for three days; anything can be said otherwise."""

    def make(**said: Any) -> services.Opened:
        usual: dict[str, Any] = {
            "actor": quality,
            "at": at,
            "site": site.id,
            "organisation": "区卫生健康委员会",
            "inspector": "李检查员",
            "reason": "年度校验",
            "valid_from": at,
            "valid_until": at + 3 * DAY,
        }
        return services.open_inspection(**(usual | said))

    return make


@pytest.mark.parametrize(
    ("first", "last", "trouble"),
    [
        (0 * DAY, 3 * DAY, ""),
        (0 * DAY, 30 * DAY, ""),
        (0 * DAY, 30 * DAY + HOUR, "long"),
        (3 * DAY, 2 * DAY, "order"),
        (2 * DAY, 2 * DAY, "order"),
        (-2 * DAY, -DAY, "past"),
        (-HOUR, DAY, "past"),
        (-timedelta(minutes=2), DAY, ""),
    ],
)
def test_times_are_checked(at: datetime, first: timedelta, last: timedelta, trouble: str) -> None:
    assert trouble_with_times(at, at + first, at + last) == trouble


@pytest.mark.parametrize(
    ("offset", "ended", "state"),
    [(-HOUR, False, "coming"), (0 * HOUR, False, "open"), (DAY, False, "over"), (HOUR, True, "ended")],
)
def test_state_follows_the_clock(at: datetime, offset: timedelta, ended: bool, state: str) -> None:
    assert state_of(at + offset, at, at + DAY, at if ended else None) == state


def test_inspector_reads_policies_and_evidence_of_one_site_and_nothing_else(
    opening: Callable[..., services.Opened], site: Site, other_site: Site, at: datetime
) -> None:
    opened = opening()
    inspector = actor_for(opened.inspection.account, at=at)
    assert dict(inspector.grants) == {site.id: MAY}
    assert inspector.reads_only


@pytest.mark.parametrize("field", ["organisation", "inspector", "reason"])
def test_empty_field_is_told(opening: Callable[..., services.Opened], field: str) -> None:
    with pytest.raises(Invalid) as caught:
        opening(**{field: "  "})
    assert field in caught.value.fields
    assert not Inspection.objects.exists()
    assert not Account.objects.filter(reads_only=True).exists()


def test_longer_than_thirty_days_is_told(opening: Callable[..., services.Opened], at: datetime) -> None:
    with pytest.raises(Invalid, match="30"):
        opening(valid_until=at + 31 * DAY)


def test_only_quality_and_director_open(
    opening: Callable[..., services.Opened], reception: Actor, other_site: Site
) -> None:
    with pytest.raises(Denied):
        opening(actor=reception)
    with pytest.raises(Missing):
        opening(site=other_site.id)
    assert not Inspection.objects.exists()


def test_ending_twice_ends_once(
    opening: Callable[..., services.Opened], quality: Actor, at: datetime
) -> None:
    opened = opening()
    for hours in (1, 2):
        services.end_inspection(actor=quality, at=at + hours * HOUR, inspection=opened.inspection.id)
    row = Inspection.objects.get()
    assert row.ended_at == at + HOUR
    assert not actor_for(Account.objects.get(pk=row.account_id), at=at + HOUR).grants


def test_inspector_does_not_end_their_own(opening: Callable[..., services.Opened], at: datetime) -> None:
    opened = opening()
    inspector = actor_for(opened.inspection.account, at=at)
    with pytest.raises(Denied):
        services.end_inspection(actor=inspector, at=at, inspection=opened.inspection.id)
    assert Inspection.objects.get().ended_at is None


def test_own_inspection_is_found_only_in_its_time(
    opening: Callable[..., services.Opened], quality: Actor, at: datetime
) -> None:
    opened = opening(valid_from=at + HOUR)
    inspector = actor_for(opened.inspection.account, at=at + 2 * HOUR)
    assert queries.own_inspection(inspector, at + 2 * HOUR) == opened.inspection
    for actor, moment in ((inspector, at), (inspector, at + 3 * DAY), (quality, at + 2 * HOUR)):
        with pytest.raises(Missing):
            queries.own_inspection(actor, moment)


def test_list_counts_what_was_looked_at(
    opening: Callable[..., services.Opened], quality: Actor, site: Site, at: datetime
) -> None:
    opened = opening()
    inspector = actor_for(opened.inspection.account, at=at)
    for page in ("/policies/", "/controls/"):
        log_read(actor=inspector, at=at, subject_type="web.page", subject_id=site.id, what=page)
    [row] = queries.inspections_for_list(quality, site.id)
    assert row.looks == 2  # type: ignore[attr-defined]
    assert [look.what for look in queries.looks_of(row)] == ["/controls/", "/policies/"]
    first = queries.looks_of(row, limit=1)[0]
    assert [look.what for look in queries.looks_of(row, after=queries.look_key(first))] == ["/policies/"]


def test_other_sites_do_not_see_it(
    opening: Callable[..., services.Opened], person: Callable[..., Account], other_site: Site
) -> None:
    opened = opening()
    stranger = actor_for(person("director", "stranger", other_site))
    assert not stranger.may(INSPECT, opened.inspection.site_id)
    with pytest.raises(Missing):
        queries.inspection_for(stranger, opened.inspection.id)
