"""What platform tables mean by (subject_type, subject_id): a label, a link, and who may see it.

Domains register their types in `subjects.py`; worklist, verdicts, evidence and drill-down ask here,
in a number of queries that depends on the number of types and not on the number of rows.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from liangyi.platform.actors import Actor

Subject = tuple[str, UUID]
LabelFn = Callable[[Collection[UUID]], Mapping[UUID, str]]
UrlFn = Callable[[UUID], str]
MaySeeFn = Callable[[Actor, Collection[UUID]], Collection[UUID]]


@dataclass(frozen=True)
class SubjectType:
    """How rows of one type are shown. `label` and `may_see` take many ids and ask the database once."""

    code: str
    label: LabelFn
    url: UrlFn
    may_see: MaySeeFn


@dataclass(frozen=True)
class SubjectLabel:
    """A subject as one reader sees it; not `visible` means label and link give nothing away."""

    label: str
    url: str
    visible: bool = True


_types: dict[str, SubjectType] = {}


def register(subject_type: str, *, label: LabelFn, url: UrlFn, may_see: MaySeeFn) -> None:
    """Declare a type by its stable code ("patients.patient"). A second declaration is an error."""
    if subject_type in _types:
        raise ValueError(f"subject type {subject_type} is already registered")
    _types[subject_type] = SubjectType(subject_type, label, url, may_see)


def registered() -> frozenset[str]:
    """The codes of every type that can be shown."""
    return frozenset(_types)


def labels(actor: Actor, pairs: Iterable[Subject]) -> dict[Subject, SubjectLabel]:
    """A label for every pair. What `actor` may not see, and unknown types, come back not `visible`."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for code, row_id in pairs:
        wanted[code].add(row_id)
    found: dict[Subject, SubjectLabel] = {}
    for code, ids in wanted.items():
        shown = _labels_of_type(actor, code, ids)
        for row_id in ids:
            found[code, row_id] = shown.get(row_id) or SubjectLabel(_("无权查看"), "", visible=False)
    return found


def kind_at(url: str, row_id: UUID) -> str:
    """Which type of subject has this row's page at `url`; nothing where none has."""
    return next((code for code, kind in _types.items() if kind.url(row_id) == url), "")


def names(pairs: Iterable[Subject]) -> dict[Subject, str]:
    """Bare labels, for another subject's own label: that one's `may_see` has already been asked."""
    wanted: dict[str, set[UUID]] = defaultdict(set)
    for code, row_id in pairs:
        wanted[code].add(row_id)
    return {
        (code, row_id): text
        for code, ids in wanted.items()
        if code in _types
        for row_id, text in _types[code].label(ids).items()
    }


def label(actor: Actor, subject: Subject) -> SubjectLabel:
    """`labels` for one subject."""
    return labels(actor, [subject])[subject]


def _labels_of_type(actor: Actor, code: str, ids: set[UUID]) -> dict[UUID, SubjectLabel]:
    kind = _types.get(code)
    if kind is None:
        return {}
    visible = ids & set(kind.may_see(actor, ids))
    if not visible:
        return {}
    return {row_id: SubjectLabel(text, kind.url(row_id)) for row_id, text in kind.label(visible).items()}
