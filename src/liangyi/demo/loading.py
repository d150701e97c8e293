"""Making the demo clinic, step by step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from django.conf import settings
from django.db import transaction
from django.utils import translation

from liangyi.demo import (
    coming,
    enquiring,
    founding,
    governing,
    history,
    nights,
    registering,
    staffing,
    today,
    troubles,
    watching,
)
from liangyi.demo.founding import FOUNDER
from liangyi.demo.options import Options
from liangyi.demo.planner import analyse, ignore_no_trigger
from liangyi.domains.organisation.models import Institution
from liangyi.domains.scheduling.models import Appointment
from liangyi.platform import jobs
from liangyi.platform.access.models import Account
from liangyi.platform.audit.sealing import seal_finished
from liangyi.platform.controls.services import run_watches
from liangyi.platform.escalation.services import escalate
from liangyi.platform.measures.services import recount_dirty

Tell = Callable[[int, str], None]
"""Says how many percent are done, and what is being done."""


class NotHere(Exception):
    """The demo cannot be loaded into this database; the text says why."""


@dataclass(frozen=True)
class Loaded:
    """What there is now."""

    accounts: list[str]
    patients: int
    appointments: int


def load(options: Options, tell: Tell) -> Loaded:
    """Fill an empty database with the demo clinic, wholly or not at all.

    Raises NotHere where there is something already.
    """
    check_possible()
    with translation.override("zh-hans"):
        with transaction.atomic():
            ignore_no_trigger()
            _load(options, tell)
            _count(options, tell)
        _settle(options, tell)
    return Loaded(
        sorted(Account.objects.values_list("username", flat=True)),
        options.patients,
        Appointment.objects.count(),
    )


def check_possible() -> None:
    """Only in development and test, and only while there is no institution."""
    if settings.IS_PRODUCTION:
        raise NotHere("the demo is not loaded in production: its password is published")
    if Institution.objects.exists() or Account.objects.exists():
        raise NotHere("this database has an institution already; the demo needs an empty one")


def _load(options: Options, tell: Tell) -> None:
    tell(0, "sites, rooms, devices, services")
    world = founding.found(options)
    tell(4, "staff, certificates, rota")
    staffing.hire(options, world)
    for place in world.places.values():
        place.desk = replace(place.receptionist, site=place.id)
    tell(9, "patients")
    register = registering.register(options, world)
    tell(20, "history")
    history.make_history(options, world, register, lambda share: tell(20 + int(40 * share), "history"))
    analyse()
    tell(60, "today and the coming weeks")
    booked = coming.book_ahead(
        options, world, register, lambda share: tell(60 + int(18 * share), "today and the coming weeks")
    )
    tell(78, "today's board")
    today.play(options, world, register, booked)
    tell(83, "what is not as it should be")
    special = troubles.special_patients(options, world, register)
    troubles.try_in_vain(options, world, register, special)
    troubles.record_late(options, world, register)
    troubles.move_some(options, world)
    troubles.change_plans(options, world)
    enquiring.enquire(options, world)
    governing.govern(options, world)
    watching.watch_laws(options, world)
    today.do_phone_calls(options, [place.receptionist for place in world.places.values()])


def _count(options: Options, tell: Tell) -> None:
    """What would be found at night is found now: points, breaches, what is late, tallies."""
    tell(88, "measures")
    recount_dirty(options.moment)
    tell(92, "watches")
    run_watches(options.moment)
    escalate(actor=FOUNDER, at=options.moment)
    nights.look_back(options)


def _settle(options: Options, tell: Tell) -> None:
    """What follows the commit."""
    tell(94, "messages and seals")
    jobs.run_pending()
    seal_finished(options.moment)
    analyse()
