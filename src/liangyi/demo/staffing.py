"""The people: members with accounts, certificates, privileges, posts, rota and leave."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any
from uuid import UUID

from django.conf import settings

from liangyi.demo import names
from liangyi.demo.blueprint import PersonPlan, clinic, people, shifts
from liangyi.demo.chance import Chance
from liangyi.demo.founding import FOUNDER
from liangyi.demo.options import Options, local
from liangyi.demo.world import Offer, Span, Worker, World
from liangyi.domains.organisation.models import Department, Post
from liangyi.domains.scheduling import services as scheduling
from liangyi.domains.staff import services as staff
from liangyi.domains.staff.enums import CredentialKind
from liangyi.domains.staff.models import StaffMember
from liangyi.domains.staff.services import NewAccount
from liangyi.platform.access import services as access
from liangyi.platform.access.models import Account
from liangyi.platform.access.queries import actor_for
from liangyi.platform.audit.services import recorded

HEALTH_COMMISSION = "深圳市卫生健康委员会"
LICENCE_OF = {
    "doctor": CredentialKind.DOCTOR_LICENCE,
    "dentist": CredentialKind.DOCTOR_LICENCE,
    "anaesthetist": CredentialKind.DOCTOR_LICENCE,
    "nurse": CredentialKind.NURSE_LICENCE,
    "pharmacist": CredentialKind.PHARMACIST,
}
PRIVILEGE_DAYS = 720
LEAVES_A_YEAR = 4
REASONS = ("年假", "外出学习", "学术会议", "病假", "事假")
DESKS = {"YM": ("reception", ("consultant",)), "KQ": ("outsider", ())}


def hire(options: Options, world: World) -> None:
    """Everybody, and who works at which desk."""
    chance = options.chance("staff")
    posts = {post.code: post.id for post in Post.objects.all()}
    for number, plan in enumerate(_everybody(options, chance)):
        member = _member(options, world, plan)
        world.staff[plan.name] = member.id
        if plan.post:
            _hold(options, world, member, posts[plan.post], plan)
        _certify(options, world, member, plan, number, chance)
        if plan.week:
            world.workers.append(_worker(options, world, member, plan))
    _open_accounts(options, world)
    for site, (desk, consultants) in DESKS.items():
        world.places[site].desk = world.actors[desk]
        world.places[site].consultants = [world.actors[name] for name in consultants]
    for worker in world.workers:
        _plan_leave(options, worker, chance)
    _add_single_days(options, world)


def _everybody(options: Options, chance: Chance) -> list[PersonPlan]:
    """Those of the file; in a large clinic, those who see patients several times over."""
    everybody = list(people())
    taken = {plan.name for plan in everybody}
    for _copy in range(options.size - 1):
        for plan in people():
            if not plan.week or (plan.ends is not None and plan.ends < 0):
                continue
            name = names.full_name(chance, sex=names.FEMALE if chance.happens(0.5) else names.MALE)
            while name in taken:
                name = names.full_name(chance, sex=names.FEMALE)
            taken.add(name)
            everybody.append(_colleague(plan, name))
    return everybody


def _colleague(plan: PersonPlan, name: str) -> PersonPlan:
    """Somebody who does the same, without an account."""
    kept = {**plan.__dict__, "name": name, "account": "", "roles": (), "post": "", "also_at": plan.also_at}
    return PersonPlan(**kept)


def _member(options: Options, world: World, plan: PersonPlan) -> StaffMember:
    department = next(row["name"] for row in clinic()["department"] if row["code"] == plan.department)
    site = world.places[plan.site].id
    unit = Department.objects.values_list("unit", flat=True).get(unit__site=site, unit__name=department)
    return staff.add_member(
        actor=FOUNDER,
        at=options.founded_at,
        site=site,
        name=plan.name,
        profession=plan.profession,
        title=plan.title,
        unit=unit,
        hired_on=options.founded_at.date(),
    )


def _hold(options: Options, world: World, member: StaffMember, post: UUID, plan: PersonPlan) -> None:
    staff.hold_post(
        actor=FOUNDER,
        at=options.founded_at,
        member=member.id,
        post=post,
        site=world.places[plan.site].id,
        held_from=options.founded_at.date(),
    )


def _open_accounts(options: Options, world: World) -> None:
    """The accounts of the file, at their sites, with the demo's password and nothing to change first."""
    at, password = options.founded_at, settings.DEMO_PASSWORD
    for plan in people():
        if not plan.account:
            continue
        site = world.places[plan.site].id
        new = NewAccount(plan.account, password, plan.roles, f"{plan.account}@clinic.example")
        account = staff.open_account(
            actor=FOUNDER, at=at, member=world.staff[plan.name], site=site, account=new
        )
        more = [None] if plan.everywhere else [world.places[code].id for code in plan.also_at]
        for role in plan.roles:
            for other in more:
                access.grant_role(actor=FOUNDER, at=at, account=account.id, role=role, site=other)
            if plan.everywhere:
                access.revoke_role(actor=FOUNDER, at=at, account=account.id, role=role, site=site)
    with recorded(FOUNDER, reason="the demo's password is published and stays"):
        Account.objects.update(must_change_password=False)
    for account in Account.objects.order_by("username"):
        world.actors[account.username] = actor_for(account)


# Certificates


def _certify(
    options: Options, world: World, member: StaffMember, plan: PersonPlan, number: int, chance: Chance
) -> None:
    kind = LICENCE_OF.get(plan.profession)
    if kind is None:
        return
    sites = [world.places[code].id for code in (plan.site, *plan.also_at, *plan.weekdays)]
    ends = options.today + timedelta(days=plan.ends) if plan.ends is not None else None
    issued = options.founded_at.date() - timedelta(days=365 * (3 + number % 9))
    if plan.profession == "nurse" and ends:
        issued = min(ends - timedelta(days=5 * 365), options.founded_at.date() - timedelta(days=30))
    given: dict[str, Any] = {"issuer": HEALTH_COMMISSION, "issued_on": issued, "sites": set(sites)}
    number_text = f"{'24' if kind == CredentialKind.NURSE_LICENCE else '11'}0{4403:04d}{number:08d}"
    _credential(options, member, kind, number_text, valid_to=ends, subjects=plan.scope, **given)
    if plan.lead:
        filed = {"subjects": plan.lead, **given}
        _credential(options, member, CredentialKind.LEAD_PHYSICIAN, f"ZZ4403{number:06d}", **filed)
    if plan.profession == "nurse":
        until = options.today + timedelta(days=120 + chance.randrange(500))
        _credential(
            options, member, CredentialKind.LIFE_SUPPORT, f"BLS{number:06d}",
            issuer="深圳市急救中心", issued_on=options.founded_at.date(), valid_to=until,
        )  # fmt: skip
    for code in plan.may:
        _privilege(options, member, world.offers[code])


def _credential(options: Options, member: StaffMember, kind: str, number: str, **given: Any) -> None:
    made = staff.add_credential(
        actor=FOUNDER, at=options.founded_at, member=member.id, kind=kind, number=number, **given
    )
    staff.verify_credential(actor=FOUNDER, at=options.founded_at, credential=made.id)


def _privilege(options: Options, member: StaffMember, offer: Offer) -> None:
    """Granted again and again, each time for two years."""
    first = options.founded_at.date()
    while first <= options.today + timedelta(days=60):
        last = first + timedelta(days=PRIVILEGE_DAYS)
        staff.grant_privilege(
            actor=FOUNDER,
            at=options.founded_at,
            member=member.id,
            service=offer.id,
            valid_from=first,
            valid_to=last,
        )
        first = last + timedelta(days=1)


# Rota and leave


def _worker(options: Options, world: World, member: StaffMember, plan: PersonPlan) -> Worker:
    shift = shifts()[plan.shift]
    for site, weekdays in plan.weekdays.items():
        scheduling.set_rota(
            actor=FOUNDER,
            at=options.founded_at,
            staff=member.id,
            site=world.places[site].id,
            weekly=dict.fromkeys(weekdays, shift),
            valid_from=options.founded_at.date(),
        )
    spans = [(_minute(first), _minute(last)) for first, last in shift]
    return Worker(
        member.id,
        plan.name,
        plan.profession,
        {site: dict.fromkeys(days, spans) for site, days in plan.weekdays.items()},
        {site: _offers_of(world, plan, site) for site in plan.weekdays},
        options.today + timedelta(days=plan.ends) if plan.ends is not None else None,
    )


def _offers_of(world: World, plan: PersonPlan, site: str) -> list[Offer]:
    """What they do at a site: in their scope, for their profession, privileged where that is needed."""
    return [
        offer
        for offer in world.offers.values()
        if offer.plan.site == site
        and plan.profession in offer.plan.who
        and (plan.profession == "nurse" or offer.plan.subject in plan.scope)
        and (not offer.plan.privileged or offer.plan.code in plan.may)
        and offer.plan.weight
    ]


def _plan_leave(options: Options, worker: Worker, chance: Chance) -> None:
    """A few days off now and then, once before the coming weeks."""
    days = (options.today - options.first_day).days
    for _leave in range(max(1, round(LEAVES_A_YEAR * options.years))):
        first = options.first_day + timedelta(days=chance.randrange(max(1, days - 8)))
        last = first + timedelta(days=chance.randrange(5))
        _away(options, worker, first, last, chance.choice(REASONS))


def _away(options: Options, worker: Worker, first: date, last: date, reason: str) -> None:
    scheduling.add_leave(
        actor=FOUNDER,
        at=options.founded_at,
        staff=worker.id,
        starts_at=local(first, 0),
        ends_at=local(last + timedelta(days=1), 0),
        reason=reason,
    )
    worker.away.append((first, last))


def _add_single_days(options: Options, world: World) -> None:
    """Next week two doctors work on days they usually have off."""
    extra: list[Span] = [(9 * 60, 12 * 60), (14 * 60, 17 * 60)]
    times = [(time(9), time(12)), (time(14), time(17))]
    for name, site in (("黄雨薇", "YM"), ("冯磊", "KQ")):
        worker = world.worker(name)
        coming = [options.today + timedelta(days=n) for n in range(4, 15)]
        day = next(day for day in coming if not worker.spans(site, day))
        scheduling.set_day(
            actor=FOUNDER,
            at=options.founded_at,
            staff=worker.id,
            site=world.places[site].id,
            day=day,
            hours=times,
        )
        worker.days[site, day] = extra


def _minute(moment: time) -> int:
    return moment.hour * 60 + moment.minute
