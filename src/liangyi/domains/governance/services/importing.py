"""Bringing policies in."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime
from pathlib import PurePath
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from liangyi.domains.governance.enums import ImportState
from liangyi.domains.governance.errors import UnreadablePolicy
from liangyi.domains.governance.events import PolicyImported
from liangyi.domains.governance.models import Clause, Policy, PolicyImport, PolicySource, PolicyVersion
from liangyi.domains.governance.permissions import IMPORT
from liangyi.domains.governance.rules.comparing import Change, compare
from liangyi.domains.governance.rules.reading import ReadClause, Reading, read
from liangyi.domains.governance.rules.reading.opening import text_of
from liangyi.platform import events, jobs
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.errors import Invalid, Missing
from liangyi.platform.ids import new_id

PASTED = "paste.txt"
_TITLE_LONGEST = 200


def read_policy(filename: str, content: bytes) -> Reading:
    """Read a file without keeping anything; raises UnreadablePolicy."""
    reading = read(text_of(filename, content))
    if not reading.clauses:
        raise UnreadablePolicy("empty", _("除去页眉、广告和目录后没有正文"))
    return reading


def title_for(reading: Reading, filename: str, given: str = "") -> str:
    """The title given, or the document's own, or the file's name."""
    first = reading.clauses[0]
    own = first.text.strip().lstrip("# ") if first.kind == "heading" and not first.path else ""
    fits = own if 2 <= len(own) <= 60 and not own[0].isdigit() and first.number.startswith("p") else ""
    stem = PurePath(filename).stem if filename != PASTED else ""
    return (given.strip() or reading.cleaned.title or fits or stem or str(_("未命名制度")))[:_TITLE_LONGEST]


def import_policy(
    *,
    actor: Actor,
    at: datetime,
    content: bytes,
    filename: str = PASTED,
    title: str = "",
    policy: UUID | None = None,
) -> PolicyVersion:
    """Read a policy, or with `policy` its next version, and keep source, cleaned text and clauses.

    Clauses that live on keep their identity. A file that cannot be read is Invalid on "file".
    """
    actor.require(IMPORT)
    reading = _readable(filename, content)
    with recorded(actor):
        source = _kept(filename, content)
        return _new_version(actor, at, source, reading, title, policy)


def start_import(
    *,
    actor: Actor,
    at: datetime,
    content: bytes,
    filename: str = PASTED,
    title: str = "",
    policy: UUID | None = None,
) -> PolicyImport:
    """Take a large policy in and let a job read it."""
    actor.require(IMPORT)
    with recorded(actor):
        if policy is not None and not Policy.objects.filter(id=policy).exists():
            raise Missing()
        waiting = PolicyImport.objects.create(
            source=_kept(filename, content),
            title=title.strip()[:_TITLE_LONGEST],
            policy_id=policy,
            requested_by_id=actor.id,
            requested_at=at,
        )
        jobs.defer("governance.finish_import", id=waiting.id)
    return waiting


def finish_import(*, actor: Actor, at: datetime, waiting: UUID) -> PolicyImport:
    """Read what is waiting; a second run changes nothing. A file nobody can read ends as failed."""
    row = PolicyImport.objects.select_related("source").filter(id=waiting).first()
    if row is None:
        raise Missing()
    if row.state != ImportState.WAITING:
        return row
    reading, problem = _read_or_problem(row.source)
    with recorded(actor):
        row = PolicyImport.objects.select_for_update(of=("self",)).select_related("source").get(id=waiting)
        if row.state != ImportState.WAITING:
            return row
        if reading is None:
            row.state, row.error = ImportState.FAILED, problem
        else:
            row.state = ImportState.DONE
            row.version = _new_version(
                actor, at, row.source, reading, row.title, row.policy_id, row.requested_by_id
            )
        row.save()
    return row


def _read_or_problem(source: PolicySource) -> tuple[Reading | None, str]:
    try:
        return read_policy(source.filename, bytes(source.content)), ""
    except UnreadablePolicy as error:
        return None, str(error)


def _readable(filename: str, content: bytes) -> Reading:
    try:
        return read_policy(filename, content)
    except UnreadablePolicy as error:
        raise Invalid({"file": [error.message]}, reason=error.reason) from error


def _kept(filename: str, content: bytes) -> PolicySource:
    digest = hashlib.sha256(content).hexdigest()
    return PolicySource.objects.create(
        filename=PurePath(filename).name[-_TITLE_LONGEST:], sha256=digest, content=content
    )


def _new_version(
    actor: Actor,
    at: datetime,
    source: PolicySource,
    reading: Reading,
    title: str,
    policy: UUID | None,
    account: UUID | None = None,
) -> PolicyVersion:
    parent = _locked_or_new(policy, title_for(reading, source.filename, title))
    newest = parent.versions.aggregate(number=Max("number"))["number"] or 0
    importer = account or actor.id
    version = PolicyVersion.objects.create(
        policy=parent,
        number=newest + 1,
        source=source,
        text=reading.cleaned.text,
        glosses_removed=reading.cleaned.glosses_removed,
        furniture_removed=reading.cleaned.furniture_removed,
        imported_by_id=importer,
        imported_at=at,
    )
    _write_clauses(version, reading, _continued(parent, newest, reading))
    events.publish(PolicyImported(parent.id, version.id, at))
    return version


def _locked_or_new(policy: UUID | None, title: str) -> Policy:
    if policy is None:
        return Policy.objects.create(title=title)
    found = Policy.objects.select_for_update().filter(id=policy).first()
    if found is None:
        raise Missing()
    return found


def _continued(parent: Policy, newest: int, reading: Reading) -> Mapping[int, tuple[Clause, bool]]:
    """By its place each clause that goes on from the version before, and whether its words are the same."""
    before = list(
        Clause.objects.filter(version__policy=parent, version__number=newest)
        .order_by("position")
        .only("text", "identity", "kind", "read_kind")
    )
    pairs = compare([clause.text for clause in before], [clause.text for clause in reading.clauses])
    return {
        pair.new: (before[pair.old], pair.change is not Change.CHANGED)
        for pair in pairs
        if pair.old is not None and pair.new is not None
    }


def _write_clauses(
    version: PolicyVersion, reading: Reading, continued: Mapping[int, tuple[Clause, bool]]
) -> None:
    Clause.objects.bulk_create(
        (
            _clause(version, position, clause, *continued.get(position, (None, False)))
            for position, clause in enumerate(reading.clauses)
        ),
        batch_size=500,
    )


def _clause(
    version: PolicyVersion, position: int, read: ReadClause, before: Clause | None, is_same: bool
) -> Clause:
    """A clause to be kept: what a reviewer said of its kind stays with the words it was said of."""
    said = before.kind if before and is_same and before.read_kind else read.kind.value
    return Clause(
        version=version,
        identity=before.identity if before else new_id(),
        position=position,
        number=read.number,
        path=list(read.path),
        text=read.text,
        kind=said,
        read_kind="" if said == read.kind.value else read.kind.value,
        is_broken=read.is_broken,
        is_incomplete=read.is_incomplete,
    )
