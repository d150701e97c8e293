"""What the review screen shows: the clauses at the left, one of them with all that was said of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any
from uuid import UUID

from liangyi.domains.governance import queries
from liangyi.domains.governance.enums import MatchState, ReviewState
from liangyi.domains.governance.models import Policy, PolicyVersion
from liangyi.domains.governance.queries import ClausePair, Reviewed, Word
from liangyi.domains.governance.rules.comparing import Change
from liangyi.domains.governance.rules.reviewing import NONE
from liangyi.platform.actors import Actor
from liangyi.platform.errors import Missing
from liangyi.web.governance.pages.points import proposed_for, shown_point, tied_points, title_of
from liangyi.web.governance.pages.reading import ChangeRow, change_rows

PAGE = 100
TONES = {ReviewState.OPEN: "quiet", ReviewState.AGAIN: "waiting", ReviewState.DECIDED: "good"}
SHORT = 60


@dataclass(frozen=True)
class ListedClause:
    """A clause of the list at the left."""

    id: UUID
    number: str
    text: str
    state: ReviewState
    tone: str
    is_here: bool


@dataclass(frozen=True)
class SaidWord:
    """Something once said of the clause; an empty `state` took it back."""

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
    chosen = _chosen(rows, here, show, go_on)
    context = {"policy": policy, "version": version, "show": show, "waiting": _next_waiting(rows, chosen)}
    context |= _progress(rows)
    context |= _list(
        [row for row in rows if show not in ReviewState.values or row.state == show or row is chosen], chosen
    )
    return context | (_clause_context(actor, chosen) if chosen else {})


def place_of(version: PolicyVersion, here: str) -> str:
    """The clause of this version that lives on from the one asked for, so that old links lead on."""
    if not here:
        return ""
    try:
        found = queries.same_clause_in(version, UUID(here))
    except ValueError:
        raise Missing() from None
    return str(found) if found else ""


def _progress(rows: Sequence[Reviewed]) -> dict[str, Any]:
    counts = Counter(row.state for row in rows)
    decided = counts[ReviewState.DECIDED]
    return {
        "total": len(rows),
        "decided": decided,
        "percent": 100 * decided // len(rows) if rows else 0,
        "states": [("", None, len(rows))]
        + [(state.value, state.label, counts[state]) for state in ReviewState if counts[state]],
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


def _chosen(rows: Sequence[Reviewed], here: str, show: str, go_on: bool) -> Reviewed | None:
    if not here:
        wanted = [row for row in rows if row.state == show]
        waiting = [row for row in rows if row.state != ReviewState.DECIDED]
        return next(iter([*wanted, *waiting, *rows]), None)
    found = next((row for row in rows if str(row.clause.id) == here), None)
    if found is None:
        raise Missing()
    following = _next_waiting(rows, found) if go_on else None
    return next((row for row in rows if row.clause.id == following), found)


def _next_waiting(rows: Sequence[Reviewed], here: Reviewed | None) -> UUID | None:
    """The next clause that waits, from the top again behind the last."""
    place = rows.index(here) if here else 0
    turned = [*rows[place + 1 :], *rows[:place]]
    return next((row.clause.id for row in turned if row.state != ReviewState.DECIDED), None)


def _listed(row: Reviewed, is_here: bool) -> ListedClause:
    text = row.clause.text.strip()[:SHORT]
    return ListedClause(row.clause.id, row.clause.number, text, row.state, TONES[row.state], is_here)


def _clause_context(actor: Actor, row: Reviewed) -> dict[str, Any]:
    clause = row.clause
    row = replace(row, matches=queries.matches_of([clause]).get(clause.identity, []))
    around = [other for other in queries.neighbours_of(clause) if other.text.strip() not in clause.path]
    rejected = [match.control for match in row.matches if match.state == MatchState.REJECTED]
    return {
        "here": row,
        "clause": clause,
        "tone": TONES[row.state],
        "before": [other for other in around if other.position < clause.position],
        "after": [other for other in around if other.position > clause.position],
        "change": _change(row),
        "tied": tied_points(actor, row),
        "proposed": proposed_for(clause, {match.control for match in row.matches}),
        "rejected": [shown_point(code) for code in rejected if code != NONE],
        "words": [_said(word) for word in queries.words_about(actor, clause, row.matches)],
    }


def _change(row: Reviewed) -> ChangeRow | None:
    """What the clause said when it was decided beside what it says now."""
    if row.state != ReviewState.AGAIN:
        return None
    old = next(match.clause for match in row.confirmed if queries.is_to_be_looked_at_again(match, row.clause))
    return change_rows([ClausePair(Change.CHANGED, old, row.clause, 0)])[0]


def _said(word: Word) -> SaidWord:
    return SaidWord(word.at, word.who, title_of(word.control), word.state)
