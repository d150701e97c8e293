"""What clauses are tied to, and how far the review of a policy has come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from uuid import UUID

from django.utils import translation

from liangyi.domains.governance.enums import NORMATIVE, MatchState, ReviewState
from liangyi.domains.governance.models import Clause, Match, PolicyVersion
from liangyi.domains.governance.permissions import policies_visible_to
from liangyi.domains.governance.rules.comparing import essence
from liangyi.domains.governance.rules.reviewing import NONE, match_id
from liangyi.platform.actors import Actor
from liangyi.platform.audit.models import History
from liangyi.platform.controls.catalogue import Control, controls
from liangyi.platform.errors import Missing
from liangyi.platform.search.tokens import pinyin_key

_MOST_WORDS = 30


@dataclass(frozen=True)
class Reviewed:
    """A clause, what was said of it, and whether that still stands for its present words."""

    clause: Clause
    matches: Sequence[Match]
    state: ReviewState

    @property
    def confirmed(self) -> list[Match]:
        """The controls it is tied to, or the one match without control that says none fits."""
        return [match for match in self.matches if match.state == MatchState.CONFIRMED]


@dataclass(frozen=True)
class Word:
    """Something once said of a clause; an empty `state` took the word back."""

    at: datetime
    who: str
    control: str
    state: str


def matches_of(clauses: Iterable[Clause]) -> dict[UUID, list[Match]]:
    """What was said of these clauses, by identity, with the clause that was read and who said it.

    One statement. Clauses nobody has decided on are not in it.
    """
    found: dict[UUID, list[Match]] = defaultdict(list)
    rows = Match.objects.filter(identity__in={clause.identity for clause in clauses})
    for match in rows.select_related("clause", "decided_by").order_by("id"):
        found[match.identity].append(match)
    return dict(found)


def is_to_be_looked_at_again(match: Match, clause: Clause) -> bool:
    """Whether the clause has other words than the one that was read; numbering and marks count nothing."""
    return match.clause_id != clause.id and essence(match.clause.text) != essence(clause.text)


def review_state(clause: Clause, matches: Sequence[Match]) -> ReviewState:
    """Open until a control or "none" is confirmed; then decided, unless the words have changed since."""
    confirmed = [match for match in matches if match.state == MatchState.CONFIRMED]
    if not confirmed:
        return ReviewState.OPEN
    changed = any(is_to_be_looked_at_again(match, clause) for match in confirmed)
    return ReviewState.AGAIN if changed else ReviewState.DECIDED


def reviewed_clauses(version: PolicyVersion) -> list[Reviewed]:
    """The obligations and prohibitions of a version in the order of the text, without who decided on them.

    Two statements, and a third where older words were read.
    """
    clauses = list(version.clauses.filter(kind__in=NORMATIVE).order_by("position"))
    matches = _matches_of_policy(version.policy_id, {clause.id: clause for clause in clauses})
    return [
        Reviewed(clause, said, review_state(clause, said))
        for clause in clauses
        for said in [matches.get(clause.identity, [])]
    ]


def _matches_of_policy(policy: UUID, known: Mapping[UUID, Clause]) -> Mapping[UUID, list[Match]]:
    """By identity, each with the clause that was read: nearly always one of those known already."""
    rows = list(Match.objects.filter(policy=policy).order_by("id"))
    older = Clause.objects.in_bulk({match.clause_id for match in rows} - known.keys())
    found: dict[UUID, list[Match]] = defaultdict(list)
    for match in rows:
        match.clause = known.get(match.clause_id) or older[match.clause_id]
        found[match.identity].append(match)
    return found


def standing_words(clause: Clause) -> dict[str, str]:
    """What stands for a clause: the state by control."""
    rows = Match.objects.filter(identity=clause.identity).order_by("control")
    return dict(rows.values_list("control", "state"))


def same_clause_in(version: PolicyVersion, clause: UUID) -> UUID | None:
    """The clause of this version that a clause of any version lives on in."""
    identity = Clause.objects.filter(id=clause).values("identity")
    return version.clauses.filter(identity__in=identity).values_list("id", flat=True).first()


def neighbours_of(clause: Clause, reach: int = 2) -> list[Clause]:
    """The clause between those before and after it, headings and all."""
    places = range(clause.position - reach, clause.position + reach + 1)
    return list(
        Clause.objects.filter(version=clause.version_id, position__in=list(places)).order_by("position")
    )


def words_about(actor: Actor, clause: Clause, matches: Iterable[Match] = ()) -> list[Word]:
    """Everything said of a clause in any version, the latest first, what was taken back included."""
    if not policies_visible_to(actor).filter(id=clause.version.policy_id).exists():
        raise Missing()
    named = {match.id for match in matches}
    named |= {match_id(clause.identity, control) for control in (NONE, *controls())}
    rows = History.objects.filter(table=Match._meta.db_table, row_id__in=[str(row) for row in named])
    return [_word(row) for row in rows.order_by("-id")[:_MOST_WORDS]]


def _word(row: History) -> Word:
    held = row.new or row.old or {}
    return Word(row.at, row.actor_name, held.get("control", ""), held.get("state", "") if row.new else "")


def controls_for_search(words: str) -> list[Control]:
    """The controls whose title, description, terms, code or pinyin hold all of these words, titles first."""
    wanted = words.lower().split()
    hits = [one for one in controls().values() if all(word in _haystack(one.code) for word in wanted)]
    return sorted(hits, key=lambda hit: (wanted[0] not in str(hit.title).lower(), hit.code)) if wanted else []


@cache
def _haystack(code: str) -> str:
    """What a control is found by, in both languages and by the sounds of its title."""
    control = controls()[code]
    said = [code, control.words]
    for language in ("zh-hans", "en"):
        with translation.override(language):
            said += [str(control.title), str(control.description)]
    sounds = pinyin_key(said[2]).split()
    return " ".join([*said, "".join(sounds), "".join(sound[0] for sound in sounds)]).lower()
