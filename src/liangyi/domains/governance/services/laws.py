"""The watch list of laws: which there are, whether they still stand, and which clauses answer them."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from liangyi.domains.governance.enums import CheckOutcome, RegulationState
from liangyi.domains.governance.models import (
    Clause,
    Policy,
    Regulation,
    RegulationCheck,
    RegulationLink,
)
from liangyi.domains.governance.permissions import WATCH_LAWS, policies_visible_to
from liangyi.domains.governance.rules.laws import next_check
from liangyi.domains.governance.services.life import account_of
from liangyi.domains.governance.subjects import POLICY, REGULATION
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.approvals.queries import site_with
from liangyi.platform.audit.services import recorded
from liangyi.platform.clock import HOME_ZONE, local_day
from liangyi.platform.controls.queries import parameter
from liangyi.platform.errors import Invalid, Missing
from liangyi.platform.worklist.calendar import add_working_days
from liangyi.platform.worklist.services import cancel_for, finish_for, open_item

CHECK_KIND = "governance.check_law"
ANSWER_KIND = "governance.answer_law"
LAW_CONTROL = "governance.regulation_watch"
OWNER = "quality"
DAYS_BEFORE = 14
DAYS_TO_ANSWER = 10
FIRST_DAYS = 10
END_OF_DAY = time(18)
MOST_MONTHS = 60


@dataclass(frozen=True)
class Loaded:
    """What loading the shipped list came to."""

    added: int
    known: int


def add_regulation(*, actor: Actor, at: datetime, **facts: Any) -> Regulation:
    """Put a law on the list. Invalid for one that is there already under this title and number."""
    actor.require(WATCH_LAWS)
    row = _filled(Regulation(state=RegulationState.IN_FORCE), facts)
    with recorded(actor):
        _refuse_twin(row)
        row.save(force_insert=True)
    return row


def change_regulation(*, actor: Actor, at: datetime, regulation: UUID, **facts: Any) -> Regulation:
    """Put right what is written about a law; what was looked up stays as it is."""
    actor.require(WATCH_LAWS)
    with recorded(actor):
        row = _filled(_locked(regulation), facts)
        _refuse_twin(row)
        row.save()
    return row


def check_regulation(
    *, actor: Actor, at: datetime, regulation: UUID, outcome: str, note: str = ""
) -> RegulationCheck:
    """Write down what looking a law up came to. One that has changed or is repealed makes work for every
    policy whose clauses answer it, and wants a note of what is different."""
    actor.require(WATCH_LAWS)
    found = CheckOutcome(outcome)
    if found is not CheckOutcome.UNCHANGED and not note.strip():
        raise Invalid({"note": [_("写明有什么变化")]})
    with recorded(actor, reason=note):
        row = _locked(regulation)
        row.checked_on = local_day(at, HOME_ZONE)
        if found is not CheckOutcome.UNCHANGED:
            row.state = RegulationState(found.value)
        row.save(update_fields=["checked_on", "state"])
        check = RegulationCheck.objects.create(
            regulation=row, at=at, by_id=account_of(actor), outcome=found, note=note.strip()
        )
        finish_for((REGULATION, row.id), CHECK_KIND, actor=actor, at=at)
        if found is not CheckOutcome.UNCHANGED:
            _ask_policies(row, note.strip(), actor, at)
    return check


def link_clause(
    *, actor: Actor, at: datetime, regulation: UUID, clause: UUID, article: str = ""
) -> RegulationLink:
    """Say that a clause answers an article. The same said twice is one link."""
    actor.require(WATCH_LAWS)
    with recorded(actor):
        law = _locked(regulation)
        visible = Clause.objects.filter(id=clause, version__policy__in=policies_visible_to(actor))
        found = visible.values_list("identity", "version__policy").first()
        if found is None:
            raise Missing()
        identity, policy = found
        link, _made = RegulationLink.objects.get_or_create(
            regulation=law, article=article.strip(), identity=identity, defaults={"policy_id": policy}
        )
    return link


def unlink_clause(*, actor: Actor, at: datetime, link: UUID) -> UUID:
    """Take a link back; the id of its law."""
    actor.require(WATCH_LAWS)
    with recorded(actor):
        row = RegulationLink.objects.select_for_update().filter(id=link).first()
        if row is None:
            raise Missing()
        law = row.regulation_id
        row.delete()
    return law


def load_regulations(*, actor: Actor, at: datetime) -> Loaded:
    """Put the laws the product's own rules rest on upon the list. What is there already, also with other
    words, stays untouched."""
    actor.require(WATCH_LAWS)
    shipped = [_filled(Regulation(state=RegulationState.IN_FORCE), row) for row in shipped_regulations()]
    with recorded(actor, reason="load_regulations"):
        known = set(Regulation.objects.values_list("title", "number"))
        fresh = [row for row in shipped if (row.title, row.number) not in known]
        Regulation.objects.bulk_create(fresh, ignore_conflicts=True)
    return Loaded(len(fresh), len(shipped) - len(fresh))


def shipped_regulations() -> list[Mapping[str, Any]]:
    """The laws of the data file, as they stand there."""
    text = files("liangyi.domains.governance").joinpath("data/regulations.toml").read_text("utf-8")
    rows: list[Mapping[str, Any]] = tomllib.loads(text)["regulation"]
    return rows


def open_due_checks(*, actor: Actor, at: datetime) -> int:
    """Open work for every law that is to be looked up soon; what is open already stays. How many."""
    today = local_day(at, HOME_ZONE)
    most = int(parameter(LAW_CONTROL, "months", None, today))
    due = [
        (row, day)
        for row in Regulation.objects.exclude(state=RegulationState.REPEALED).order_by("title")
        if (day := next_check(row.checked_on, row.check_months, most)) is None
        or day <= today + timedelta(days=DAYS_BEFORE)
    ]
    site = site_with(OWNER) if due else None
    if site is None:
        return 0
    with recorded(actor, reason=LAW_CONTROL):
        for row, day in due:
            open_item(
                actor=actor,
                at=at,
                kind=CHECK_KIND,
                site=site,
                subject=(REGULATION, row.id),
                role=OWNER,
                due_at=_by(day, at, site),
                facts={"title": row.title},
            )
    return len(due)


def answered_by_release(policy: UUID, *, actor: Actor, at: datetime) -> None:
    """A new version of a policy is the answer to whatever law had changed under it."""
    finish_for((POLICY, policy), ANSWER_KIND, actor=actor, at=at)


def nothing_to_answer(policy: UUID, *, actor: Actor, at: datetime) -> None:
    """A retired policy answers no law any more."""
    cancel_for((POLICY, policy), ANSWER_KIND, actor=actor, at=at)


def _by(day: date | None, at: datetime, site: Site) -> datetime:
    """The end of its day; a law never looked up has some days from now."""
    if day is None:
        return add_working_days(at, FIRST_DAYS, site.time_zone)
    return datetime.combine(day, END_OF_DAY, ZoneInfo(site.time_zone))


def _ask_policies(law: Regulation, note: str, actor: Actor, at: datetime) -> None:
    """Work for every policy with a clause that answers the law."""
    linked = Policy.objects.filter(
        id__in=RegulationLink.objects.filter(regulation=law).values("policy"), retired_at=None
    )
    policies = list(linked.order_by("id"))
    site = site_with(OWNER, first=actor.site) if policies else None
    if site is None:
        return
    due_at = add_working_days(at, DAYS_TO_ANSWER, site.time_zone)
    for policy in policies:
        open_item(
            actor=actor,
            at=at,
            kind=ANSWER_KIND,
            site=site,
            subject=(POLICY, policy.id),
            role=OWNER,
            due_at=due_at,
            facts={"title": policy.title, "law": law.title, "note": note},
        )


def _filled(row: Regulation, facts: Mapping[str, Any]) -> Regulation:
    """The facts in their fields; Invalid for an empty title or a period nobody could keep."""
    for name, value in facts.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    if not row.title:
        raise Invalid({"title": [_("写下名称")]})
    if not 1 <= row.check_months <= MOST_MONTHS:
        raise Invalid({"check_months": [_("查新周期在 1 到 60 个月之间")]})
    return row


def _refuse_twin(row: Regulation) -> None:
    twins = Regulation.objects.filter(title=row.title, number=row.number).exclude(id=row.id)
    if twins.exists():
        raise Invalid({"title": [_("同名同文号的法规已经登记")]})


def _locked(regulation: UUID) -> Regulation:
    found = Regulation.objects.select_for_update().filter(id=regulation).first()
    if found is None:
        raise Missing()
    return found
