"""What the review screen shows: the clauses at the left, one of them with all that was said of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from operator import attrgetter
from typing import Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liangyi.domains.governance import queries
from liangyi.domains.governance.enums import NORMATIVE, MatchState, ReviewState
from liangyi.domains.governance.models import Clause, Policy, PolicyVersion
from liangyi.domains.governance.queries import ClausePair, Reviewed, Word
from liangyi.domains.governance.rules.comparing import Change
from liangyi.domains.governance.rules.reviewing import NONE
from liangyi.platform.actors import Actor
from liangyi.platform.errors import Missing
from liangyi.web.governance.pages.kinds import kind_choices, kind_words
from liangyi.web.governance.pages.points import proposed_for, shown_point, tied_points, title_of
from liangyi.web.governance.pages.reading import ChangeRow, change_rows

PAGE = 100
TONES = {ReviewState.OPEN: "quiet", ReviewState.AGAIN: "waiting", ReviewState.DECIDED: "good"}
SHORT = 60
OTHER = "other"  # the filter that shows what was read as neither obligation nor prohibition


@dataclass(frozen=True)
class ListedClause:
    """A clause of the list at the left; `label` says how far it is, or what it is where it is no rule."""

    id: UUID
    number: str
    text: str
    state: str
    label: Any
    is_here: bool


@dataclass(frozen=True)
class SaidWord:
    """Something once said of the clause; an empty `state` took it back, "kind" said what it is."""

    at: datetime
    who: str
    title: Any
    state: str


def review_context(
    actor: Actor, policy: Policy, version: PolicyVersion, here: str, show: str, go_on: bool = False
) -> dict[str, Any]:
    """The list of clauses, and one of them: the one asked for, the first of the state asked for, or the
    first that waits; with `go_on` the next that waits behind it."""
    rows = queries.reviewed_clauses(version)
    others = _others(version, show, here, rows)
    chosen = _chosen(rows, others or [], here, show, go_on)
    context = {"policy": policy, "version": version, "show": show, "waiting": _next_waiting(rows, chosen)}
    context |= _progress(rows, version.clauses.count() - len(rows) if others is None else len(others))
    context |= _list(_shown(rows, others or [], chosen, show), chosen)
    return context | (_clause_context(actor, chosen) if chosen else {})


def _others(
    version: PolicyVersion, show: str, here: str, rows: Sequence[Reviewed]
) -> Sequence[Reviewed] | None:
    """What is no rule, where it is asked for; None where its number is enough."""
    if show != OTHER and (not here or any(str(row.clause.id) == here for row in rows)):
        return None
    return [Reviewed(clause, (), ReviewState.OPEN) for clause in queries.other_clauses(version)]


def _shown(
    rows: Sequence[Reviewed], others: Sequence[Reviewed], chosen: Reviewed | None, show: str
) -> list[Reviewed]:
    """What the filter lets through, and the chosen clause in its place among it."""
    among = others if show == OTHER else rows
    found = [row for row in among if show not in ReviewState.values or row.state == show or row is chosen]
    if chosen and chosen not in found:
        found.append(chosen)
    return sorted(found, key=attrgetter("clause.position"))


def place_of(version: PolicyVersion, here: str) -> str:
    """The clause of this version that lives on from the one asked for, so that old links lead on."""
    if not here:
        return ""
    try:
        found = queries.same_clause_in(version, UUID(here))
    except ValueError:
        raise Missing() from None
    return str(found) if found else ""


def _progress(rows: Sequence[Reviewed], others: int) -> dict[str, Any]:
    counts = Counter(row.state for row in rows)
    decided = counts[ReviewState.DECIDED]
    return {
        "total": len(rows),
        "decided": decided,
        "percent": 100 * decided // len(rows) if rows else 0,
        "states": [("", None, len(rows))]
        + [(state.value, state.label, counts[state]) for state in ReviewState if counts[state]]
        + ([(OTHER, _("其他条款"), others)] if others else []),
    }


def _list(shown: Sequence[Reviewed], chosen: Reviewed | None) -> dict[str, Any]:
    """The hundred clauses around the chosen one, and where the rest begins."""
    place = shown.index(chosen) if chosen else 0
    first = place - place % PAGE
    last = first + PAGE
    return {
        "entries": [_listed(row, row is chosen) for row in shown[first:last]],
        "earlier": shown[first - 1].clause.id if first else None,
        "later": shown[last].clause.id if len(shown) > last else None,
        "previous": shown[place - 1].clause.id if place else None,
        "next": shown[place + 1].clause.id if place + 1 < len(shown) else None,
    }


def _chosen(
    rows: Sequence[Reviewed], others: Sequence[Reviewed], here: str, show: str, go_on: bool
) -> Reviewed | None:
    if not here:
        wanted = others if show == OTHER else [row for row in rows if row.state == show]
        waiting = [row for row in rows if row.state != ReviewState.DECIDED]
        return next(iter([*wanted, *waiting, *rows]), None)
    found = next((row for row in [*rows, *others] if str(row.clause.id) == here), None)
    if found is None:
        raise Missing()
    following = _next_waiting(rows, found) if go_on else None
    return next((row for row in rows if row.clause.id == following), found)


def _next_waiting(rows: Sequence[Reviewed], here: Reviewed | None) -> UUID | None:
    """The next clause that waits, from the top again behind the last."""
    place = here.clause.position if here else -1
    behind = [row for row in rows if row.clause.position > place]
    turned = [*behind, *(row for row in rows if row.clause.position < place)]
    return next((row.clause.id for row in turned if row.state != ReviewState.DECIDED), None)


def _listed(row: Reviewed, is_here: bool) -> ListedClause:
    clause = row.clause
    is_rule = clause.kind in NORMATIVE
    state, label = (row.state.value, row.state.label) if is_rule else (OTHER, clause.get_kind_display())
    return ListedClause(clause.id, clause.number, clause.text.strip()[:SHORT], state, label, is_here)


def _clause_context(actor: Actor, row: Reviewed) -> dict[str, Any]:
    clause = row.clause
    row = replace(row, matches=queries.matches_of([clause]).get(clause.identity, []))
    neighbours = queries.neighbours_of(clause)
    around = [other for other in neighbours if other.text.strip() not in clause.path]
    rejected = [match.control for match in row.matches if match.state == MatchState.REJECTED]
    return {
        "here": row,
        "clause": clause,
        "tone": TONES[row.state],
        "before": [other for other in around if other.position < clause.position],
        "after": [other for other in around if other.position > clause.position],
        "rejected": [shown_point(code) for code in rejected if code != NONE],
        "words": _words(actor, row),
        **kind_choices(clause),
        **(_points(actor, row, neighbours) if clause.kind in NORMATIVE else {}),
    }


def _points(actor: Actor, row: Reviewed, neighbours: Sequence[Clause]) -> dict[str, Any]:
    """What an obligation or prohibition is tied to, and could be."""
    return {
        "change": _change(row),
        "tied": tied_points(actor, row),
        "proposed": proposed_for(row.clause, neighbours, {match.control for match in row.matches}),
    }


def _words(actor: Actor, row: Reviewed) -> list[SaidWord]:
    """All that was said of the clause, its kind included, the latest first."""
    said = [_said(word) for word in queries.words_about(actor, row.clause, row.matches)]
    said += [SaidWord(word.at, word.who, kind_words(word), "kind") for word in queries.kinds_said(row.clause)]
    return sorted(said, key=attrgetter("at"), reverse=True)


def _change(row: Reviewed) -> ChangeRow | None:
    """What the clause said when it was decided beside what it says now."""
    if row.state != ReviewState.AGAIN:
        return None
    old = next(match.clause for match in row.confirmed if queries.is_to_be_looked_at_again(match, row.clause))
    return change_rows([ClausePair(Change.CHANGED, old, row.clause, 0)])[0]


def _said(word: Word) -> SaidWord:
    return SaidWord(word.at, word.who, title_of(word.control), word.state)
