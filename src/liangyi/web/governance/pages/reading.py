"""What the policy screens show."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from django.utils.translation import gettext_lazy as _

from liangyi.domains.governance import queries
from liangyi.domains.governance.enums import ClauseKind
from liangyi.domains.governance.models import Clause, Policy, PolicyVersion
from liangyi.domains.governance.queries import ClausePair
from liangyi.domains.governance.rules.comparing import Change
from liangyi.domains.governance.rules.reading.broken import broken_spots
from liangyi.domains.governance.services import PASTED
from liangyi.platform.actors import Actor

PAGE = 300
COMPARED = 300
# A kind is no state: none has the colour or the icon of one.
TONES = dict.fromkeys(ClauseKind.values, "quiet")
CHANGES = {
    Change.CHANGED: (_("有修改"), "waiting"),
    Change.NEW: (_("新增"), "good"),
    Change.GONE: (_("删去"), "danger"),
    Change.MOVED: (_("移动"), "info"),
    Change.UNCHANGED: (_("未变"), "quiet"),
}
_LONGEST_DIFF = 2000


@dataclass(frozen=True)
class Stretch:
    """A piece of a text, marked or not."""

    text: str
    is_marked: bool


@dataclass(frozen=True)
class ClauseRow:
    """A clause as it is read."""

    clause: Clause
    stretches: Sequence[Stretch]
    tone: str
    depth: int


@dataclass(frozen=True)
class ChangeRow:
    """A clause before and after."""

    pair: ClausePair
    label: Any
    tone: str
    before: Sequence[Stretch]
    after: Sequence[Stretch]


def clause_row(clause: Clause) -> ClauseRow:
    """The clause with its broken spots marked."""
    depth = min(len(clause.path), 4)
    return ClauseRow(clause, _with_spots(clause.text.strip()), TONES[clause.kind], depth)


def _with_spots(text: str) -> list[Stretch]:
    found: list[Stretch] = []
    position = 0
    for start, end in broken_spots(text):
        found += [Stretch(text[position:start], False), Stretch(text[start:end], True)]
        position = end
    found.append(Stretch(text[position:], False))
    return [stretch for stretch in found if stretch.text]


def document_context(version: PolicyVersion, policy: Policy, kind: str, after: int | None) -> dict[str, Any]:
    """A version to be read: the tree on the left, clauses on the right."""
    clauses = queries.clauses_of(version)
    counts = queries.counts_of(version)
    shown = clauses.filter(kind=kind) if kind in ClauseKind.values else clauses
    page = list((shown if after is None else shown.filter(position__gt=after))[: PAGE + 1])
    rows = [clause_row(clause) for clause in page[:PAGE]]
    return {
        "policy": policy,
        "version": version,
        "source_name": _("粘贴的正文") if version.source.filename == PASTED else version.source.filename,
        "versions": list(queries.versions_of(policy)),
        "rows": rows,
        "next_key": page[PAGE - 1].position if len(page) > PAGE else None,
        "tree": _tree(clauses, {row.clause.position for row in rows}),
        "kinds": [
            ("", _("全部"), sum(counts.values())),
            *((kind, ClauseKind(kind).label, count) for kind, count in counts.items() if count),
        ],
        "broken": clauses.filter(is_broken=True).count(),
        "incomplete": clauses.filter(is_incomplete=True).exists(),
        "started_at": after,
    }


@dataclass(frozen=True)
class TreeEntry:
    """A heading of the tree; `is_here` when it stands on the shown page."""

    title: str
    position: int
    depth: int
    is_here: bool

    @property
    def before(self) -> int:
        return self.position - 1


def _tree(clauses: Any, shown: set[int]) -> list[TreeEntry]:
    rows = clauses.filter(kind=ClauseKind.HEADING).values_list("text", "position", "path")
    return [
        TreeEntry(text.strip().rstrip("：:"), position, min(len(path), 3), position in shown)
        for text, position, path in rows
        if len(path) < 3
    ]


def change_rows(pairs: Iterable[ClausePair]) -> list[ChangeRow]:
    """Pairs with what differs within changed clauses marked."""
    return [_change_row(pair) for pair in pairs]


def _change_row(pair: ClausePair) -> ChangeRow:
    label, tone = CHANGES[pair.change]
    old, new = (clause.text.strip() if clause else "" for clause in (pair.old, pair.new))
    if pair.change is not Change.CHANGED or len(old) + len(new) > _LONGEST_DIFF:
        return ChangeRow(pair, label, tone, _plain(old), _plain(new))
    before, after = _differences(old, new)
    return ChangeRow(pair, label, tone, before, after)


def _plain(text: str) -> list[Stretch]:
    return [Stretch(text, False)] if text else []


def _differences(old: str, new: str) -> tuple[list[Stretch], list[Stretch]]:
    before: list[Stretch] = []
    after: list[Stretch] = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, False).get_opcodes():
        before.append(Stretch(old[old_from:old_to], tag != "equal"))
        after.append(Stretch(new[new_from:new_to], tag != "equal"))
    return [part for part in before if part.text], [part for part in after if part.text]


def comparison_context(
    actor: Actor, policy: Policy, old: PolicyVersion, new: PolicyVersion, change: str, after: int
) -> dict[str, Any]:
    """Two versions side by side; unchanged clauses only when asked for."""
    pairs = queries.comparison(actor, old, new)
    counts = Counter(pair.change for pair in pairs)
    wanted = (
        {Change(change)} if change in {kind.value for kind in Change} else set(Change) - {Change.UNCHANGED}
    )
    shown = [pair for pair in pairs if pair.change in wanted]
    rows = change_rows(shown[after : after + COMPARED])
    return {
        "policy": policy,
        "old": old,
        "new": new,
        "versions": list(queries.versions_of(policy)),
        "rows": rows,
        "next_key": after + COMPARED if len(shown) > after + COMPARED else None,
        "changes": [("", _("有变化的"), len(pairs) - counts[Change.UNCHANGED])]
        + [(kind.value, CHANGES[kind][0], counts[kind]) for kind in CHANGES if counts[kind]],
    }
