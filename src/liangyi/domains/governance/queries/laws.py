"""The watch list of laws, and the clauses that answer them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count

from liangyi.domains.governance.enums import NORMATIVE, RegulationState, VersionState
from liangyi.domains.governance.models import Clause, Regulation, RegulationCheck, RegulationLink
from liangyi.domains.governance.permissions import VIEW, policies_visible_to
from liangyi.domains.governance.rules.laws import is_due, next_check
from liangyi.platform.actors import Actor
from liangyi.platform.controls.queries import parameter
from liangyi.platform.errors import Missing

FOUND = 30
_CONTROL = "governance.regulation_watch"


@dataclass(frozen=True)
class LawRow:
    """A law on the list: when it is to be looked up again, and how many clauses answer it."""

    law: Regulation
    next_check: date | None
    is_due: bool
    clauses: int


@dataclass(frozen=True)
class LinkRow:
    """An article and the clause that answers it, as the house goes by it; None where it is gone."""

    link: RegulationLink
    clause: Clause | None


def laws_for_list(actor: Actor, today: date, which: str = "") -> list[LawRow]:
    """Every law of the list, those to be looked up first; `which` is "due", "changed" or all. Two
    statements; a watch list is short."""
    actor.require(VIEW)
    most = int(parameter(_CONTROL, "months", None, today))
    rows = Regulation.objects.annotate(clauses=Count("links__identity", distinct=True)).order_by(
        "title", "id"
    )
    found = [_row(law, law.clauses, most, today) for law in rows]
    if which == "due":
        found = [row for row in found if row.is_due]
    if which == "changed":
        found = [row for row in found if row.law.state in (RegulationState.CHANGED, RegulationState.REPEALED)]
    return sorted(found, key=lambda row: (not row.is_due, row.next_check or date.min, row.law.title))


def law_for(actor: Actor, regulation: UUID, today: date) -> LawRow:
    """One law; Missing when it is not there."""
    actor.require(VIEW)
    law = (
        Regulation.objects.annotate(clauses=Count("links__identity", distinct=True))
        .filter(id=regulation)
        .first()
    )
    if law is None:
        raise Missing()
    return _row(law, law.clauses, int(parameter(_CONTROL, "months", None, today)), today)


def checks_of(law: Regulation) -> list[RegulationCheck]:
    """What looking it up has come to, the latest first."""
    return list(law.checks.select_related("by").order_by("-at", "-id")[:FOUND])


def links_of_law(actor: Actor, law: Regulation) -> list[LinkRow]:
    """The articles of a law with the clauses that answer them."""
    rows = RegulationLink.objects.filter(regulation=law, policy__in=policies_visible_to(actor))
    return _with_clauses(rows.select_related("policy", "regulation").order_by("article", "id"))


def links_of_policy(actor: Actor, policy: UUID) -> list[LinkRow]:
    """The laws a policy answers, clause by clause."""
    rows = RegulationLink.objects.filter(policy=policy, policy__in=policies_visible_to(actor))
    return _with_clauses(
        rows.select_related("policy", "regulation").order_by("regulation__title", "article", "id")
    )


def clauses_for_search(actor: Actor, text: str) -> list[Clause]:
    """Up to FOUND obligations and prohibitions whose words contain all that was typed, of the newest
    version of each policy the house goes by or is working on."""
    words = text.split()
    if not words:
        return []
    alive = (VersionState.RELEASED, VersionState.DRAFT, VersionState.REVIEW, VersionState.APPROVED)
    rows = Clause.objects.filter(
        version__policy__in=policies_visible_to(actor), version__state__in=alive, kind__in=NORMATIVE
    )
    for word in words:
        rows = rows.filter(text__icontains=word)
    ordered = rows.select_related("version__policy").defer("version__text").order_by("version", "position")
    return list(_best(ordered[: FOUND * 3]).values())[:FOUND]


def _row(law: Regulation, clauses: int, most: int, today: date) -> LawRow:
    if law.state == RegulationState.REPEALED:
        return LawRow(law, None, False, clauses)
    period = (law.checked_on, law.check_months, most)
    return LawRow(law, next_check(*period), is_due(*period, today), clauses)


def _with_clauses(links: Iterable[RegulationLink]) -> list[LinkRow]:
    rows = list(links)
    clauses = Clause.objects.filter(identity__in={row.identity for row in rows})
    known = _best(clauses.select_related("version__policy").defer("version__text"))
    return [LinkRow(row, known.get(row.identity)) for row in rows]


def _best(clauses: Iterable[Clause]) -> dict[UUID, Clause]:
    """Of each clause the reading that is in force, else the newest."""
    found: dict[UUID, Clause] = {}
    for clause in clauses:
        known = found.get(clause.identity)
        if known is None or _weight(clause) > _weight(known):
            found[clause.identity] = clause
    return found


def _weight(clause: Clause) -> tuple[bool, int]:
    return clause.version.state == VersionState.RELEASED, clause.version.number
