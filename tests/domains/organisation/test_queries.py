from __future__ import annotations

from datetime import date, datetime, time
from uuid import uuid4

import pytest
from pytest_django import DjangoAssertNumQueries

from liangyi.domains.organisation import queries, services
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.errors import Missing

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize("closing_days", [1, 3])
def test_site_facts_are_read_in_one_statement(
    director: Actor,
    at: datetime,
    site: Site,
    closing_days: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    services.add_licence(
        actor=director,
        at=at,
        site=site.id,
        number="PDY1",
        category="aesthetic_hospital",
        max_level=3,
        subjects=["aesthetic_surgery"],
        valid_from=date(2024, 1, 1),
        valid_to=date(2028, 1, 1),
    )
    services.set_opening_hours(actor=director, at=at, site=site.id, hours={1: (time(9), time(18))})
    for day in range(closing_days):
        services.add_closing_day(
            actor=director, at=at, site=site.id, day=date(2026, 12, 7 + day), reason="检修"
        )
    with django_assert_num_queries(1):
        facts = queries.site_facts(site.id, TODAY)
    assert (facts.max_level, facts.subjects) == (3, {"aesthetic_surgery"})
    assert facts.hours_on(TODAY) == (time(9), time(18))
    assert facts.closed_because(date(2026, 12, 7)) == "检修"
    assert len(facts.closing_days) == closing_days


def test_bare_site_has_facts_too(site: Site) -> None:
    facts = queries.site_facts(site.id, TODAY)
    assert (facts.code, facts.licence, facts.is_closed(TODAY)) == ("", None, False)


def test_unknown_site_is_missing(db: None) -> None:
    with pytest.raises(Missing):
        queries.site_facts(uuid4(), TODAY)


def test_actor_sees_own_sites_only(director: Actor, site: Site, other_site: Site) -> None:
    assert list(queries.sites_for(director)) == [site]
    with pytest.raises(Missing):
        queries.site_for(director, other_site.id)
