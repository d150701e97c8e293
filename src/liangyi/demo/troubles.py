"""What is not as it should be: so that boards, lists and evidence have something to say."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from liangyi.demo import names
from liangyi.demo.chance import Chance
from liangyi.demo.founding import FOUNDER
from liangyi.demo.options import Options, local
from liangyi.demo.registering import Register
from liangyi.demo.world import Somebody, World
from liangyi.domains.organisation import services as organisation
from liangyi.domains.patients import services as patients
from liangyi.domains.patients.models import Consent, ConsentText, Patient
from liangyi.domains.scheduling import services as scheduling
from liangyi.domains.scheduling.errors import SlotTaken, SlotUnavailable
from liangyi.domains.scheduling.models import Appointment
from liangyi.platform.errors import Invalid, Refused

REFUSAL_DAYS = 60
OVERHAUL_IN = 12
REPEATED = 3
NEWCOMERS = (
    ("minor", "KQ", "梁子涵", 15),
    ("no consent", "YM", "宋雨桐", 27),
    ("no consent 2", "KQ", "方志云", 41),
)


def special_patients(options: Options, world: World, register: Register) -> dict[str, UUID]:
    """A minor without guardian, people who have not agreed, likely duplicates, a merged pair."""
    chance = options.chance("special")
    at = options.moment - timedelta(days=9)
    special = {
        key: _newcomer(world, site, chance, at, name=name, born=_years_before(options.today, age))
        for key, site, name, age in NEWCOMERS
    }
    known = register.adults["YM"]
    if len(known) > 2:
        _again(world, known[len(known) // 2], at, is_merged=False)
        _again(world, known[len(known) // 3], at, is_merged=True)
    if known:
        special["withdrawn"] = _withdraw(known[0], options.moment - timedelta(days=3))
    return special


def _newcomer(world: World, site: str, chance: Chance, at: datetime, *, name: str, born: date) -> UUID:
    """Somebody who has not agreed to anything yet."""
    patient = patients.register_patient(
        actor=world.places[site].receptionist,
        at=at,
        site=world.places[site].site,
        name=name,
        sex=names.FEMALE,
        birth_date=born,
        phone=names.phone(chance),
        confirmed_new=True,
    )
    return patient.id


def _again(world: World, somebody: Somebody, at: datetime, *, is_merged: bool) -> None:
    """The same person registered a second time by a hurried desk; one such pair has been merged since."""
    first = Patient.objects.get(id=somebody.id)
    texts = ConsentText.objects.filter(kind="privacy", version=1)
    second = patients.register_patient(
        actor=FOUNDER,
        at=at,
        site=world.places["YM"].site,
        name=first.name,
        sex=first.sex,
        phone=first.phone,
        consents=list(texts),
        confirmed_new=True,
    )
    if is_merged:
        patients.merge_patients(
            actor=FOUNDER,
            at=at + timedelta(days=2),
            keep_id=first.id,
            merge_id=second.id,
            reason="同一人重复建档，电话和姓名一致",
        )


def _withdraw(somebody: Somebody, at: datetime) -> UUID:
    consent = Consent.objects.get(patient=somebody.id, text__kind="privacy", withdrawn_at=None)
    patients.withdraw_consent(actor=FOUNDER, at=at, consent_id=consent.id)
    return somebody.id


# Refusals: the desk tries, and the gates say no


def try_in_vain(options: Options, world: World, register: Register, special: dict[str, UUID]) -> int:
    """What the gates have refused in the last weeks; how many refusals there were."""
    chance, refused = options.chance("refusals"), 0
    hospital = [person.id for person in register.adults["YM"][1:]]
    dental = [person.id for person in register.adults["KQ"]]
    if not hospital or not dental:
        return 0
    for _n in range(REPEATED):
        someone, other = chance.choice(hospital), chance.choice(dental)
        for site, patient, service, worker in (
            ("YM", someone, "photo-rejuvenation", "郑凯文"),
            ("YM", someone, "co2-fractional", "黄雨薇"),
            ("YM", someone, "mandibular-angle", "张明哲"),
            ("YM", someone, "acupuncture-lift", "刘建国"),
            ("YM", someone, "rhinoplasty", "赵文博"),
            ("YM", special["no consent"], "consult-surgery", "张明哲"),
            ("KQ", special["minor"], "ortho-consult", "韩雪"),
            ("KQ", special["no consent 2"], "scaling", "冯磊"),
            ("KQ", other, "implant", "冯磊"),
        ):
            refused += _attempt(options, world, chance, site, patient, service, worker)
    return refused


def _attempt(
    options: Options, world: World, chance: Chance, site: str, patient: UUID, service: str, worker: str
) -> bool:
    """Whether it was refused; a booking that goes through is one."""
    place = world.places[site]
    asked = options.moment - timedelta(days=chance.randrange(1, 8), minutes=chance.randrange(600))
    start = options.today + timedelta(days=chance.randrange(1, 7))
    try:
        scheduling.book_appointment(
            actor=place.receptionist,
            at=asked,
            site=place.id,
            patient=patient,
            service=world.offers[service].id,
            practitioner=world.worker(worker).id,
            start=local(start, chance.choice((600, 630, 840, 900))),
        )
    except Refused:
        return True
    except (SlotTaken, SlotUnavailable, Invalid):
        return False
    return False


# Plans that changed after people had booked


def change_plans(options: Options, world: World) -> None:
    """A doctor falls ill and the hospital closes for a day: what is booked then is work for reception."""
    director = world.actors["director"]
    ill = world.worker("吴静")
    first = next(day for n in range(2, 9) if ill.spans("YM", day := options.today + timedelta(days=n)))
    scheduling.add_leave(
        actor=director,
        at=options.moment - timedelta(hours=2),
        staff=ill.id,
        starts_at=local(first, 0),
        ends_at=local(first + timedelta(days=2), 0),
        reason="病假",
    )
    organisation.add_closing_day(
        actor=director,
        at=options.moment - timedelta(hours=20),
        site=world.places["YM"].id,
        day=options.today + timedelta(days=OVERHAUL_IN),
        reason="供电检修",
    )


def record_late(options: Options, world: World, register: Register) -> None:
    """Two visits that nobody had booked and that were written down the next day."""
    chance = options.chance("late")
    desk = world.places["YM"].receptionist
    for back, (name, service) in enumerate((("杨丽娟", "dressing"), ("张明哲", "consult-surgery")), start=1):
        start = local(options.today - timedelta(days=back), 18 * 60 + 10)
        if not register.adults["YM"] or start < options.founded_at:
            return
        offer = world.offers[service]
        scheduling.record_past_visit(
            actor=desk,
            at=options.moment - timedelta(minutes=90 * back),
            site=world.places["YM"].id,
            patient=chance.choice(register.adults["YM"]).id,
            service=offer.id,
            practitioner=world.worker(name).id,
            start=start,
            end=start + timedelta(minutes=offer.plan.minutes[1]),
            reason="下班前急来，当时没有登记",
        )


def move_some(options: Options, world: World) -> None:
    """Some of what is booked has been moved by an hour or a day."""
    chance = options.chance("moves")
    coming = Appointment.objects.filter(
        starts_at__gt=options.moment + timedelta(days=1), status="booked"
    ).order_by("starts_at", "booked_at", "patient")
    for row in list(coming)[::12]:
        place = next(place for place in world.places.values() if place.id == row.site_id)
        shift = chance.choice((45, 60, 90, 1440))
        try:
            scheduling.reschedule_appointment(
                actor=place.receptionist,
                at=options.moment - timedelta(minutes=chance.randrange(30, 600)),
                appointment=row.id,
                start=row.starts_at + timedelta(minutes=shift),
                reason=chance.choice(("患者临时有事", "患者要求改期")),
            )
        except (Refused, SlotTaken, SlotUnavailable):
            continue


def _years_before(day: date, years: int) -> date:
    return day - timedelta(days=round(years * 365.25) + 40)
