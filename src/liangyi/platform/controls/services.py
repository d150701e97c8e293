"""Deciding, and keeping what was decided."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection

from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.controls import models, overrides
from liangyi.platform.controls.catalogue import Gate, gates_for
from liangyi.platform.controls.errors import Asked, GateRefused
from liangyi.platform.controls.overrides import Override
from liangyi.platform.controls.queries import settings_for
from liangyi.platform.controls.texts import refusals_as_facts
from liangyi.platform.controls.watches import run_watches
from liangyi.platform.errors import Refusal
from liangyi.platform.statements import insert
from liangyi.platform.worklist.calendar import add_working_days
from liangyi.platform.worklist.services import open_item

__all__ = ["Override", "decide", "deciding", "run_watches"]

REVIEW_KIND = "controls.review_override"
REVIEW_DAYS = 3
_boundary: ContextVar[bool] = ContextVar("liangyi_controls_boundary", default=False)


def decide(
    decision: object,
    *,
    actor: Actor,
    at: datetime,
    site: Site | UUID | None,
    subject: tuple[str, UUID] | None = None,
    override: Override | None = None,
) -> None:
    """Ask every gate of the decision. Returns when all pass (or are set aside) and keeps one verdict.

    Raises errors.Refused with all refusals at once: where one stands, none is set aside. WrongOverride
    without a reason or a fitting second person. To be called inside `recorded`, after the locks;
    `deciding` around it keeps the verdict of a refusal.
    """
    site_id = site.id if isinstance(site, Site) else site
    asked = Asked(type(decision).__name__, at, site_id, subject)
    refusals, passed = _ask(decision, gates_for(type(decision)), site_id, at)
    if override is not None and refusals:
        overrides.check(override, actor, site_id)
    standing, aside = overrides.split(refusals, override, actor, site_id)
    if standing:
        raise GateRefused(asked, refusals, passed)
    outcome = models.Verdict.Outcome.OVERRIDDEN if aside else models.Verdict.Outcome.PASSED
    verdict = _keep_verdict(asked, actor, outcome, aside, passed)
    if override is not None and aside:
        _keep_overrides(verdict, aside, override, actor)


@contextmanager
def deciding(*, actor: Actor, at: datetime) -> Iterator[None]:
    """The service boundary: a refusal that passes through is kept as a verdict, after the rollback.

    Stands outside `recorded`. Inside another boundary it leaves the verdict to that one, because only
    the outermost is sure to stand outside the transaction that was refused.
    """
    outermost = not _boundary.get()
    token = _boundary.set(True)
    try:
        yield
    except GateRefused as refused:
        if outermost and not refused.is_written and not connection.needs_rollback:
            _keep_refusal(refused, actor)
        raise
    finally:
        _boundary.reset(token)


def _ask(
    decision: object, gates: list[Gate], site: UUID | None, at: datetime
) -> tuple[list[Refusal], list[str]]:
    settings = settings_for([gate.control for gate in gates], site, at)
    refusals: list[Refusal] = []
    passed: list[str] = []
    for gate in gates:
        refusal = gate.run(decision, settings[gate.control.code])
        if refusal is None:
            passed.append(gate.control.code)
        else:
            refusals.append(_completed(refusal, gate))
    return refusals, passed


def _completed(refusal: Refusal, gate: Gate) -> Refusal:
    """The gate need not repeat what its control says."""
    return Refusal(
        gate.control.code,
        refusal.reason,
        refusal.facts,
        refusal.remedy,
        refusal.remedy_url,
        refusal.overridable_by or gate.control.overridable_by,
    )


def _keep_refusal(refused: GateRefused, actor: Actor) -> None:
    with recorded(actor, reason="refused"):
        _keep_verdict(refused.asked, actor, models.Verdict.Outcome.REFUSED, refused.refusals, refused.passed)
    refused.is_written = True


def _keep_verdict(
    asked: Asked, actor: Actor, outcome: str, refusals: list[Refusal], passed: list[str]
) -> models.Verdict:
    subject: Mapping[str, Any] = (
        {"subject_type": asked.subject[0], "subject_id": asked.subject[1]} if asked.subject else {}
    )
    verdict = models.Verdict(
        decision=asked.decision,
        at=asked.at,
        site_id=asked.site,
        actor_kind=actor.kind,
        actor_id=actor.id,
        actor_name=actor.name,
        outcome=outcome,
        passed=passed,
        refusals=refusals_as_facts(refusals),
        **subject,
    )
    insert([verdict])
    verdict._state.adding = False
    verdict._state.db = connection.alias
    return verdict


def _keep_overrides(verdict: models.Verdict, aside: list[Refusal], override: Override, actor: Actor) -> None:
    first, second = override.people(actor)
    models.Override.objects.bulk_create(
        models.Override(
            verdict=verdict,
            control=refusal.control,
            reason=override.reason.strip(),
            account_id=first,
            second_id=second,
        )
        for refusal in aside
    )
    if verdict.site is not None:
        open_item(
            actor=actor,
            at=verdict.at,
            kind=REVIEW_KIND,
            site=verdict.site,
            subject=("controls.verdict", verdict.id),
            role="quality",
            due_at=add_working_days(verdict.at, REVIEW_DAYS, verdict.site.time_zone),
            facts={"decision": verdict.decision, "controls": [refusal.control for refusal in aside]},
        )
