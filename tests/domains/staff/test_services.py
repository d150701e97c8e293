from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from liangyi.domains.catalogue.models import Service
from liangyi.domains.organisation import services as organisation
from liangyi.domains.organisation.errors import AlreadyFounded
from liangyi.domains.staff import queries, services
from liangyi.domains.staff.controls import credentials_expiring, privileges_expiring
from liangyi.domains.staff.models import Credential, PostHeld, Privilege, StaffMember
from liangyi.domains.staff.services.founding import NewClinic
from liangyi.platform.access.models import Account, Site
from liangyi.platform.access.queries import actor_for
from liangyi.platform.actors import Actor
from liangyi.platform.errors import Denied, Invalid, Missing

TODAY = date(2026, 11, 23)
LICENCE: dict[str, Any] = {
    "kind": "doctor_licence",
    "number": "110440000000001",
    "issued_on": date(2015, 7, 1),
    "subjects": ["aesthetic_surgery"],
}
LEAD: dict[str, Any] = LICENCE | {"kind": "lead_physician", "number": "ZZ-1"}


@pytest.fixture
def licensed(director: Actor, at: datetime, site: Site, wang: StaffMember) -> StaffMember:
    services.add_credential(actor=director, at=at, member=wang.id, sites=[site.id], **LICENCE)
    services.add_credential(actor=director, at=at, member=wang.id, **LEAD)
    return wang


@pytest.fixture
def privilege(director: Actor, at: datetime, licensed: StaffMember, eyelid: Service) -> Privilege:
    return services.grant_privilege(
        actor=director,
        at=at,
        member=licensed.id,
        service=eyelid.id,
        valid_from=TODAY,
        valid_to=date(2027, 11, 22),
    )


def test_member_joins_with_an_account_and_its_role(director: Actor, at: datetime, site: Site) -> None:
    account = services.NewAccount("liu.yan", "correct-horse-9", ("nurse",))
    member = services.add_member(
        actor=director, at=at, site=site.id, name="刘燕", profession="nurse", account=account
    )
    assert member.pinyin == "liu yan"
    assert member.account is not None
    assert actor_for(member.account).roles == {"nurse"}


@pytest.mark.parametrize(
    ("account", "field"),
    [
        (services.NewAccount("刘", "correct-horse-9", ("nurse",)), "username"),
        (services.NewAccount("liu", "123", ("nurse",)), "password"),
        (services.NewAccount("liu", "", ("nurse",)), "password"),
        (services.NewAccount("liu", "correct-horse-9", ()), "roles"),
        (services.NewAccount("liu", "correct-horse-9", ("wizard",)), "roles"),
        (services.NewAccount("director", "correct-horse-9", ("nurse",)), "username"),
    ],
)
def test_member_with_a_bad_account_is_not_added(
    director: Actor, at: datetime, site: Site, account: services.NewAccount, field: str
) -> None:
    with pytest.raises(Invalid) as caught:
        services.add_member(
            actor=director, at=at, site=site.id, name="刘燕", profession="nurse", account=account
        )
    assert field in caught.value.fields
    assert not StaffMember.objects.exists()


def test_receptionist_may_not_add_people(receptionist: Actor, at: datetime, site: Site) -> None:
    with pytest.raises(Denied):
        services.add_member(actor=receptionist, at=at, site=site.id, name="刘燕", profession="nurse")
    assert not StaffMember.objects.exists()


def test_outsider_finds_nobody(outsider: Actor, at: datetime, wang: StaffMember) -> None:
    with pytest.raises(Missing):
        services.change_member(actor=outsider, at=at, member=wang.id, name="改名", profession="doctor")
    with pytest.raises(Missing):
        queries.member_for(outsider, wang.id)
    assert not queries.members_for_list(outsider, on=TODAY).exists()


def test_leaver_loses_the_account_after_the_last_day(director: Actor, at: datetime, site: Site) -> None:
    account = services.NewAccount("liu.yan", "correct-horse-9", ("nurse",))
    member = services.add_member(
        actor=director, at=at, site=site.id, name="刘燕", profession="nurse", account=account
    )
    services.end_employment(actor=director, at=at, member=member.id, left_on=TODAY)
    assert Account.objects.get(username="liu.yan").is_active
    assert services.end_accounts_of_leavers(actor=director, at=at + timedelta(days=1)) == 1
    assert not Account.objects.get(username="liu.yan").is_active


def test_post_is_not_held_twice_at_a_time(
    director: Actor, at: datetime, site: Site, wang: StaffMember
) -> None:
    post = organisation.add_post(actor=director, at=at, code="lead", name="主诊医师")
    held = {"actor": director, "at": at, "member": wang.id, "post": post.id, "site": site.id}
    services.hold_post(**held, held_from=TODAY)  # type: ignore[arg-type]
    with pytest.raises(Invalid) as caught:
        services.hold_post(**held, held_from=date(2027, 1, 1))  # type: ignore[arg-type]
    assert list(caught.value.fields) == ["held_from"]
    assert PostHeld.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"kind": "driving_licence"}, "kind"),
        ({"number": ""}, "number"),
        ({"number": "<" * 41}, "number"),
        ({"issued_on": date(2026, 11, 24)}, "issued_on"),
        ({"valid_to": date(2015, 6, 30)}, "valid_to"),
        ({"sites": []}, "sites"),
        ({"subjects": []}, "subjects"),
        ({"subjects": ["magic"]}, "subjects"),
    ],
)
def test_credential_with_bad_input_is_refused(
    director: Actor, at: datetime, site: Site, wang: StaffMember, change: dict[str, Any], field: str
) -> None:
    given = {**LICENCE, "sites": [site.id], **change}
    with pytest.raises(Invalid) as caught:
        services.add_credential(actor=director, at=at, member=wang.id, **given)
    assert list(caught.value.fields) == [field]
    assert not Credential.objects.exists()


def test_credential_number_is_registered_once(
    director: Actor, at: datetime, site: Site, licensed: StaffMember
) -> None:
    with pytest.raises(Invalid) as caught:
        services.add_credential(actor=director, at=at, member=licensed.id, sites=[site.id], **LICENCE)
    assert list(caught.value.fields) == ["number"]


def test_changed_credential_is_to_be_verified_again(
    director: Actor, at: datetime, licensed: StaffMember
) -> None:
    credential = Credential.objects.get(kind="doctor_licence")
    services.verify_credential(actor=director, at=at, credential=credential.id)
    services.change_credential(actor=director, at=at, credential=credential.id, issuer="深圳市卫健委")
    credential.refresh_from_db()
    assert credential.verified_on is None
    assert credential.places.count() == 1


def test_licensed_without_privilege_is_not_offered(
    licensed: StaffMember, eyelid: Service, site: Site
) -> None:
    assert queries.practitioners_for(eyelid.id, site.id, TODAY) == []


@pytest.mark.parametrize("people", [1, 3])
def test_practitioners_are_found_in_two_statements(
    director: Actor,
    at: datetime,
    site: Site,
    eyelid: Service,
    privilege: Privilege,
    people: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(1, people):
        other = services.add_member(
            actor=director, at=at, site=site.id, name=f"李{number}", profession="doctor"
        )
        services.add_credential(
            actor=director, at=at, member=other.id, sites=[site.id], **LICENCE | {"number": f"1{number}"}
        )
    with django_assert_num_queries(2):
        found = queries.practitioners_for(eyelid.id, site.id, TODAY)
    assert [person.name for person in found] == ["王明"]


def test_suspended_privilege_counts_no_more_until_resumed(
    director: Actor, at: datetime, privilege: Privilege, eyelid: Service, site: Site
) -> None:
    services.suspend_privilege(actor=director, at=at, privilege=privilege.id, reason="并发症调查")
    assert queries.practitioners_for(eyelid.id, site.id, TODAY) == []
    services.resume_privilege(actor=director, at=at, privilege=privilege.id)
    assert len(queries.practitioners_for(eyelid.id, site.id, TODAY)) == 1
    services.end_privilege(actor=director, at=at, privilege=privilege.id)
    assert queries.practitioners_for(eyelid.id, site.id, TODAY) == []


def test_revoked_licence_counts_no_more(
    director: Actor, at: datetime, privilege: Privilege, eyelid: Service, site: Site
) -> None:
    licence = Credential.objects.get(kind="doctor_licence")
    services.revoke_credential(
        actor=director, at=at, credential=licence.id, revoked_on=TODAY, reason="变更执业地点"
    )
    assert queries.practitioners_for(eyelid.id, site.id, TODAY) == []
    assert len(queries.practitioners_for(eyelid.id, site.id, date(2026, 11, 22))) == 0


def test_privilege_longer_than_two_years_is_refused(
    director: Actor, at: datetime, licensed: StaffMember, eyelid: Service
) -> None:
    with pytest.raises(Invalid):
        services.grant_privilege(
            actor=director,
            at=at,
            member=licensed.id,
            service=eyelid.id,
            valid_from=TODAY,
            valid_to=date(2028, 12, 1),
        )
    assert not Privilege.objects.exists()


def test_watch_finds_what_expires_within_ninety_days(
    director: Actor, at: datetime, site: Site, wang: StaffMember
) -> None:
    soon, later = TODAY + timedelta(days=90), TODAY + timedelta(days=91)
    for number, last in (("1", soon), ("2", later), ("3", TODAY - timedelta(days=1))):
        subjects = ["aesthetic_surgery"] if number != "2" else ["oral_surgery"]
        services.add_credential(
            actor=director,
            at=at,
            member=wang.id,
            sites=[site.id],
            **LICENCE | {"number": number, "valid_to": last, "subjects": subjects},
        )
    assert [finding.facts["number"] for finding in credentials_expiring(at)] == ["1"]


@pytest.mark.parametrize(("left", "is_found"), [(60, True), (61, False), (0, True)])
def test_watch_finds_privileges_that_soon_run_out(
    director: Actor, at: datetime, licensed: StaffMember, eyelid: Service, left: int, is_found: bool
) -> None:
    last = TODAY + timedelta(days=left)
    grant = {"actor": director, "at": at, "member": licensed.id, "service": eyelid.id}
    first = services.grant_privilege(**grant, valid_from=TODAY - timedelta(days=300), valid_to=last)
    assert [finding.subject_id for finding in privileges_expiring(at)] == [first.id] * is_found
    services.grant_privilege(**grant, valid_from=last, valid_to=last + timedelta(days=365))
    assert list(privileges_expiring(at)) == []


def test_watch_leaves_out_what_was_taken_back(
    director: Actor, at: datetime, licensed: StaffMember, eyelid: Service
) -> None:
    given = services.grant_privilege(
        actor=director,
        at=at,
        member=licensed.id,
        service=eyelid.id,
        valid_from=TODAY - timedelta(days=300),
        valid_to=TODAY + timedelta(days=10),
    )
    services.end_privilege(actor=director, at=at, privilege=given.id)
    assert list(privileges_expiring(at)) == []


def test_clinic_is_founded_once(at: datetime, db: None) -> None:
    clinic = NewClinic(
        institution={"name": "良医集团"},
        site={"name": "良医医院", "code": "LY"},
        licence={
            "number": "PDY1",
            "category": "aesthetic_hospital",
            "max_level": 3,
            "subjects": ["aesthetic_surgery"],
            "valid_from": date(2024, 1, 1),
            "valid_to": date(2028, 1, 1),
        },
        administrator={"username": "boss", "display_name": "陈院长", "password": "correct-horse-9"},
    )
    account = services.found_clinic(at=at, clinic=clinic)
    assert actor_for(account).roles == {"admin", "director"}
    with pytest.raises(AlreadyFounded):
        services.found_clinic(at=at, clinic=clinic)


def test_founding_with_a_mistake_founds_nothing(at: datetime, db: None) -> None:
    clinic = NewClinic(
        institution={"name": "良医集团"},
        site={"name": "良医医院", "code": "良医"},
        licence={},
        administrator={},
    )
    with pytest.raises(Invalid) as caught:
        services.found_clinic(at=at, clinic=clinic)
    assert list(caught.value.fields) == ["site.code"]
    assert not Site.objects.exists()
