"""Enquiries: new ones, overdue ones, those that led to an appointment and those that led nowhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from liangyi.demo import names
from liangyi.demo.chance import Chance
from liangyi.demo.founding import FOUNDER
from liangyi.demo.options import Options
from liangyi.demo.world import World
from liangyi.domains.consultation import services as consultation
from liangyi.domains.consultation.models import Enquiry
from liangyi.domains.scheduling.enums import Channel
from liangyi.domains.scheduling.models import Appointment

EACH = {"YM": 26, "KQ": 9}
NOTES = {
    "double-eyelid": "想咨询双眼皮，希望自然一点，什么时候可以恢复上班？",
    "botulinum": "眉间纹，第一次打，想了解能维持多久。",
    "photo-rejuvenation": "脸上泛红，问光子嫩肤要做几次。",
    "rhinoplasty": "看过朋友的案例，想约专家面诊。",
    "pico-laser": "颧骨有斑三年了，想知道皮秒的费用。",
    "implant": "下颌大牙缺一颗，问种植的价格和周期。",
    "ortho-consult": "孩子 12 岁，牙齿不齐，想约正畸初诊。",
    "scaling": "一年没洗牙了，周末能约吗？",
}
GIVEN_UP = ("价格超出预算", "已在别处就诊", "多次联系未接通", "不在本市，不方便前来", "暂不考虑")
CHANNELS = (Channel.WECHAT, Channel.WECHAT, Channel.PHONE, Channel.WEB, Channel.REFERRAL)


def enquire(options: Options, world: World) -> None:
    """Of the last four weeks; the oldest still open are late."""
    chance = options.chance("enquiries")
    for code, count in EACH.items():
        for number in range(count):
            _one(options, world, chance, code, number / count)


def _one(options: Options, world: World, chance: Chance, code: str, age: float) -> None:
    """`age` runs from 0 (just now) to 1 (four weeks ago)."""
    place = world.places[code]
    actor = replace(chance.choice([*place.consultants, place.receptionist]), site=place.id)
    at = options.moment - timedelta(days=28 * age**1.4, minutes=chance.randrange(5, 240))
    services = [service for service in NOTES if world.offers[service].plan.site == code]
    service = chance.choice(services)
    sex = names.FEMALE if chance.happens(0.8) else names.MALE
    enquiry = consultation.open_enquiry(
        actor=actor,
        at=at,
        site=place.id,
        name=names.full_name(chance, sex=sex)[0] + ("女士" if sex == names.FEMALE else "先生"),
        phone=names.phone(chance),
        channel=chance.choice(CHANNELS),
        service=world.offers[service].id,
        note=NOTES[service],
    )
    if age < 0.2:
        return
    later = min(at + timedelta(hours=chance.randrange(1, 30)), options.moment)
    outcome = chance.random()
    if outcome < 0.45:
        _led_to(enquiry, place.id, later, options)
    elif outcome < 0.85:
        consultation.close_enquiry(actor=actor, at=later, enquiry=enquiry.id, reason=chance.choice(GIVEN_UP))


def _led_to(enquiry: Enquiry, site: UUID, at: datetime, options: Options) -> None:
    """One of the appointments booked after it, with the service asked for if there is one."""
    booked = Appointment.objects.filter(
        site=site, source="", enquiry=None, booked_at__gt=enquiry.opened_at, booked_at__lt=options.moment
    )
    fitting = booked.filter(service=enquiry.service_id).order_by("booked_at", "patient").first()
    found = fitting or booked.order_by("booked_at", "patient").first()
    if found is not None:
        moment = max(at, found.booked_at)
        consultation.link_appointment(
            actor=FOUNDER, at=min(moment, options.moment), enquiry=enquiry.id, appointment=found.id
        )
