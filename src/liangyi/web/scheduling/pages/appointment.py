"""One appointment: where it stands on its ladder, what comes next, what was said and decided about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from liangyi.domains.patients.permissions import REVEAL_PHONE
from liangyi.domains.scheduling import queries
from liangyi.domains.scheduling.enums import AppointmentStatus as S
from liangyi.domains.scheduling.models import Appointment
from liangyi.domains.scheduling.notices import CANCELLATION, CONFIRMATION, REMINDER
from liangyi.domains.scheduling.permissions import BOOK, RECEIVE, VISIT
from liangyi.domains.scheduling.rules.ladder import may_move, may_step
from liangyi.domains.scheduling.subjects import APPOINTMENT
from liangyi.platform import clock
from liangyi.platform.actors import Actor
from liangyi.platform.controls.models import Verdict
from liangyi.platform.controls.permissions import verdicts_visible_to
from liangyi.platform.messages.models import Message
from liangyi.platform.messages.queries import messages_about, state_of
from liangyi.platform.phones import mask
from liangyi.platform.worklist.models import WorkItem
from liangyi.platform.worklist.queries import WorkCard, cards_for
from liangyi.web.shell.page import Request

NAMES = {CONFIRMATION.code: _("预约确认"), REMINDER.code: _("就诊提醒"), CANCELLATION.code: _("取消通知")}
LADDER = (S.BOOKED, S.ARRIVED, S.CALLED, S.IN_PROGRESS, S.FINISHED)
TIMES = {
    S.BOOKED: "booked_at",
    S.ARRIVED: "arrived_at",
    S.CALLED: "called_at",
    S.IN_PROGRESS: "started_at",
    S.FINISHED: "finished_at",
}
OUTCOMES = {
    Verdict.Outcome.PASSED: (_("通过"), "good"),
    Verdict.Outcome.REFUSED: (_("已拦下"), "danger"),
    Verdict.Outcome.OVERRIDDEN: (_("越过放行"), "waiting"),
}


@dataclass(frozen=True)
class Step:
    """What may be done next with one press: address name, verb, icon."""

    name: str
    verb: Any
    icon: str
    to: str
    permission: str


STEPS = (
    Step("check_in", _("签到"), icon="login-2", to=S.ARRIVED, permission=RECEIVE),
    Step("call", _("叫号"), icon="speakerphone", to=S.CALLED, permission=VISIT),
    Step("start", _("开始就诊"), icon="player-play", to=S.IN_PROGRESS, permission=VISIT),
    Step("finish", _("完成就诊"), icon="circle-check", to=S.FINISHED, permission=VISIT),
)
RECALL = Step("call", _("再叫一次"), icon="speakerphone", to=S.CALLED, permission=VISIT)


@dataclass(frozen=True)
class Rung:
    """One step of the ladder as far as it has come."""

    label: Any
    status: str
    at: datetime | None
    is_here: bool


@dataclass(frozen=True)
class Said:
    """A message about the appointment, and how far it has come."""

    title: Any
    state: Any
    at: datetime
    is_waiting: bool


@dataclass(frozen=True)
class Decided:
    """What the gates said about it."""

    verdict: Verdict
    text: Any
    tone: str
    reasons: list[str]


def next_steps(actor: Actor, appointment: Appointment) -> list[Step]:
    """The next step that the actor may take; a call may be repeated beside it."""
    site, status = appointment.site_id, appointment.status
    if appointment.source:
        return []
    fitting = [step for step in STEPS if step.to != status and may_step(status, step.to)]
    first = fitting[:1] + ([RECALL] if status == S.CALLED else [])
    return [step for step in first if actor.may(step.permission, site)]


def ladder(appointment: Appointment) -> list[Rung]:
    """The way of a visit with its times; an appointment that was closed ends with that."""
    rungs = [
        Rung(S(status).label, status, getattr(appointment, TIMES[status]), appointment.status == status)
        for status in LADDER
    ]
    if appointment.status in (S.CANCELLED, S.NO_SHOW):
        reached = [rung for rung in rungs if rung.at is not None]
        label = S(appointment.status).label
        return [*reached, Rung(label, appointment.status, appointment.closed_at, True)]
    return rungs


def appointment_context(request: Request, appointment: Appointment) -> dict[str, Any]:
    """The page: a number of statements that does not depend on how much has happened."""
    actor, site, status = request.actor, appointment.site_id, appointment.status
    is_own = not appointment.source
    patient = appointment.patient
    can_book, can_receive = (is_own and actor.may(code, site) for code in (BOOK, RECEIVE))
    return {
        "appointment": appointment,
        "phone": mask(patient.phone),
        "can_reveal": bool(patient.phone) and actor.may(REVEAL_PHONE, site),
        "rungs": ladder(appointment),
        "steps": next_steps(actor, appointment),
        "can_move": can_book and may_move(status),
        "can_cancel": can_book and may_step(status, S.CANCELLED),
        "can_miss": can_receive and may_step(status, S.NO_SHOW) and clock.now() >= appointment.starts_at,
        "can_undo": can_receive and status == S.NO_SHOW,
        "late_steps": late_steps(actor, appointment),
        "changes": list(queries.changes_of(actor, appointment.id)),
        "messages": _said(appointment),
        "calls": _calls(actor, appointment),
        "verdicts": _decided(actor, appointment),
        "enquiry": getattr(appointment, "enquiry", None),
        "is_moved": _was_moved(appointment),
    }


def late_steps(actor: Actor, appointment: Appointment) -> list[Step]:
    """What of it can be written down afterwards: arriving, starting, finishing."""
    site, status = appointment.site_id, appointment.status
    if appointment.source or appointment.starts_at > clock.now():
        return []
    return [
        step
        for step in STEPS
        if step.to != S.CALLED and may_step(status, step.to) and actor.may(step.permission, site)
    ]


def _was_moved(appointment: Appointment) -> bool:
    return appointment.moved_from is not None and appointment.moved_from != appointment.starts_at


def _said(appointment: Appointment) -> list[Said]:
    messages: Iterable[Message] = messages_about((APPOINTMENT, appointment.id))[:20]
    return [
        Said(
            NAMES.get(one.template, one.template),
            state_of(one),
            one.sent_at or one.cancelled_at or one.due_at,
            not (one.sent_at or one.cancelled_at or one.failed_at),
        )
        for one in messages
    ]


def _calls(actor: Actor, appointment: Appointment) -> list[WorkCard]:
    """Telephone calls and other work about it that is still open."""
    items = WorkItem.objects.filter(
        subject_type=APPOINTMENT, subject_id=appointment.id, done_at=None, cancelled_at=None
    )
    return cards_for(actor, items.order_by("due_at")[:10])


def _decided(actor: Actor, appointment: Appointment) -> list[Decided]:
    """Verdicts about the appointment and its booking, for those who may see verdicts."""
    if not actor.may("controls.view", appointment.site_id):
        return []
    found = verdicts_visible_to(actor).filter(subject_type=APPOINTMENT, subject_id=appointment.id)
    return [_decision(one) for one in found.order_by("-id")[:10]]


def _decision(verdict: Verdict) -> Decided:
    text, tone = OUTCOMES[Verdict.Outcome(verdict.outcome)]
    return Decided(verdict, text, tone, [str(one.get("reason", "")) for one in verdict.refusals])
