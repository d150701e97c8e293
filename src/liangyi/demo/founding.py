"""The house: institution, sites with licence and hours, departments, rooms, devices, posts, services."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from chinese_calendar import Holiday, get_holiday_detail
from stdnum.cn import uscc

from liangyi.demo.blueprint import ServicePlan, clinic, hours, services
from liangyi.demo.options import Options
from liangyi.demo.world import Offer, Piece, Place, World
from liangyi.domains.catalogue import services as catalogue
from liangyi.domains.facilities import services as facilities
from liangyi.domains.organisation import services as organisation
from liangyi.domains.organisation.models import Department, Room
from liangyi.platform.actors import system

FOUNDER = system("demo")
NUMBERED_KINDS = frozenset(("consulting", "treatment", "theatre", "laser", "dental", "imaging"))
LICENCE_DAYS = 5 * 365
PRICE_RISE = 1.06
RISES_EVERY = 4


def found(options: Options) -> World:
    """Everything that does not sign in."""
    world, plan, at = World(), clinic(), options.founded_at
    code = plan["institution"]["credit_code"][:-1]
    organisation.found_institution(
        actor=FOUNDER,
        at=at,
        name=plan["institution"]["name"],
        credit_code=code + uscc.calc_check_digit(code),
    )
    for row in plan["site"]:
        world.places[row["code"]] = _site(options, row)
    departments = {row["code"]: _department(options, world, row) for row in plan["department"]}
    rooms: dict[str, Room] = {}
    for row in plan["room"]:
        rooms |= _rooms(options, world, row, departments[row["department"]])
    models = {row["name"]: _devices(options, world, row, rooms) for row in plan["device"]}
    for service in services():
        world.offers[service.code] = _service(options, world, service, models)
    for row in plan["post"]:
        organisation.add_post(actor=FOUNDER, at=at, **row)
    _close_on_holidays(options, world)
    return world


def _site(options: Options, row: dict[str, Any]) -> Place:
    at = options.founded_at
    site = organisation.set_up_site(
        actor=FOUNDER,
        at=at,
        **{key: row[key] for key in ("name", "name_en", "code", "address", "phone")},
    )
    organisation.add_licence(
        actor=FOUNDER,
        at=at,
        site=site.id,
        number=row["licence"],
        category=row["category"],
        max_level=row["max_level"],
        subjects=row["subjects"],
        valid_from=at.date(),
        valid_to=options.today + timedelta(days=LICENCE_DAYS),
    )
    opens, closes = hours(row["hours"])
    organisation.set_opening_hours(
        actor=FOUNDER, at=at, site=site.id, hours=dict.fromkeys(range(1, 8), (opens, closes))
    )
    return Place(row["code"], site, opens.hour * 60 + opens.minute, closes.hour * 60 + closes.minute)


def _close_on_holidays(options: Options, world: World) -> None:
    """New Year's Day, and the first days of the Spring Festival."""
    day = options.first_day
    while day < options.today + timedelta(days=60):
        if reason := holiday_on(day):
            for place in world.places.values():
                organisation.add_closing_day(
                    actor=FOUNDER, at=options.founded_at, site=place.id, day=day, reason=reason
                )
                place.closed[day] = reason
        day += timedelta(days=1)


def holiday_on(day: date) -> str:
    """Why the clinic is closed that day, as far as the calendar is known; else empty."""
    if (day.month, day.day) == (1, 1):
        return "元旦"
    try:
        is_spring_festival = get_holiday_detail(day)[1] == Holiday.spring_festival.value
    except NotImplementedError:
        return ""
    return "春节" if is_spring_festival else ""


def _department(options: Options, world: World, row: dict[str, str]) -> Department:
    return organisation.add_department(
        actor=FOUNDER,
        at=options.founded_at,
        site=world.places[row["site"]].id,
        name=row["name"],
        code=row["code"],
    )


def _rooms(options: Options, world: World, row: dict[str, Any], department: Department) -> dict[str, Room]:
    """The rooms of one line by name, and their lanes in the world. A large clinic has more of them."""
    many = options.size if row["kind"] in NUMBERED_KINDS else 1
    count = row.get("count", 1) * many
    made = {}
    for number in range(1, count + 1):
        name = row["name"] if count == 1 else f"{row['name']} {number}"
        made[name] = organisation.add_room(
            actor=FOUNDER,
            at=options.founded_at,
            site=world.places[row["site"]].id,
            name=name,
            kind=row["kind"],
            lanes=row.get("lanes", 1),
            department=department.id,
        )
        lanes = world.lanes.setdefault((row["site"], row["kind"]), [])
        lanes += [(made[name].id, lane) for lane in range(row.get("lanes", 1))]
    return made


def _devices(options: Options, world: World, row: dict[str, Any], rooms: dict[str, Room]) -> UUID:
    model = catalogue.add_device_model(
        actor=FOUNDER,
        at=options.founded_at,
        name=row["name"],
        manufacturer=row["manufacturer"],
        calibration_months=row.get("calibration_months"),
    )
    for copy in range(options.size):
        for piece in row["pieces"]:
            _piece(options, world, model.id, piece, rooms, copy)
    return model.id


def _piece(
    options: Options, world: World, model: UUID, row: dict[str, Any], rooms: dict[str, Room], copy: int
) -> None:
    room = rooms.get(row.get("room", "")) if not copy else None
    piece = facilities.add_equipment(
        actor=FOUNDER,
        at=options.founded_at,
        site=world.places[row["site"]].id,
        model=model,
        name=f"{row['name']}（{copy + 1}）" if copy else row["name"],
        serial=f"{row['serial']}-{copy + 1}" if copy else row["serial"],
        room=room.id if room else None,
    )
    due = options.today + timedelta(days=row["due"]) if "due" in row else None
    if due is not None:
        _calibrate(options, piece.id, due, row["serial"])
    world.pieces.setdefault((row["site"], model), []).append(Piece(piece.id, due))


def _calibrate(options: Options, piece: UUID, due: date, serial: str) -> None:
    """One calibration a year, back to the beginning."""
    done = due - timedelta(days=365)
    days = [done]
    while days[-1] > options.first_day:
        days.append(days[-1] - timedelta(days=365))
    for day in reversed(days):
        facilities.record_calibration(
            actor=FOUNDER,
            at=options.moment,
            equipment=piece,
            done_on=min(day, options.today),
            due_on=due if day == done else day + timedelta(days=365),
            certificate=f"JZ{day:%y%m}-{serial}",
        )


def _service(options: Options, world: World, plan: ServicePlan, models: dict[str, UUID]) -> Offer:
    prepare, duration, clean = plan.minutes
    device = models[plan.device] if plan.device else None
    service = catalogue.add_service(
        actor=FOUNDER,
        at=options.founded_at,
        code=plan.code,
        name=plan.name,
        name_en=plan.name_en,
        subject=plan.subject,
        level=plan.level,
        duration_minutes=duration,
        prepare_minutes=prepare,
        clean_minutes=clean,
        room_kind=plan.room,
        device_model=device,
        needs_privilege=plan.privileged,
        notes=plan.notes,
        sites=[world.places[plan.site].id],
    )
    return Offer(service.id, plan, device, _prices(options, service.id, plan, len(world.offers)))


def _prices(options: Options, service: UUID, plan: ServicePlan, number: int) -> tuple[tuple[date, int], ...]:
    """A price from the beginning; every few services a second version since half of the time."""
    versions = [(options.founded_at.date(), plan.price * 100)]
    if number % RISES_EVERY == 0 and plan.price:
        half = options.first_day + (options.today - options.first_day) / 2
        versions.append((half, round(plan.price * PRICE_RISE) * 100))
    for first, cents in versions:
        catalogue.set_price(
            actor=FOUNDER, at=options.founded_at, service=service, cents=cents, effective_from=first
        )
    return tuple(versions)
