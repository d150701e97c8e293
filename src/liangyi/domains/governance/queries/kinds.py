"""What clauses were read as, and what reviewers said that they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import TextField
from django.db.models.functions import Cast

from liangyi.domains.governance.enums import NORMATIVE
from liangyi.domains.governance.models import Clause, PolicyVersion
from liangyi.platform.audit.models import History


@dataclass(frozen=True)
class KindSaid:
    """Somebody said that a clause is of `kind`, where it was held to be of `before`."""

    at: datetime
    who: str
    kind: str
    before: str


def other_clauses(version: PolicyVersion) -> list[Clause]:
    """What is neither obligation nor prohibition, in the order of the text."""
    return list(version.clauses.exclude(kind__in=NORMATIVE).order_by("position"))


def kinds_said(clause: Clause) -> list[KindSaid]:
    """Every word on the clause's kind in any version, the latest first. One statement."""
    same = Clause.objects.filter(identity=clause.identity).annotate(key=Cast("id", TextField()))
    rows = History.objects.filter(table=Clause._meta.db_table, op="U", row_id__in=same.values("key"))
    changes = [(row, row.old or {}, row.new or {}) for row in rows.order_by("-id")]
    return [
        KindSaid(row.at, row.actor_name, new["kind"], old["kind"])
        for row, old, new in changes
        if new["kind"] != old["kind"]
    ]
