"""What clauses were read as, and what reviewers said that they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

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
    """Every word on the clause's kind in any version, the latest first. Two statements."""
    same = Clause.objects.filter(identity=clause.identity).values_list("id", flat=True)
    rows = History.objects.filter(
        table=Clause._meta.db_table, op="U", row_id__in=[str(row) for row in same]
    ).order_by("-id")
    return [
        KindSaid(row.at, row.actor_name, row.new["kind"], row.old["kind"])
        for row in rows
        if row.new["kind"] != row.old["kind"]
    ]


def is_in_newest(clause: Clause) -> bool:
    """Whether the clause stands in the newest version of its policy."""
    later = PolicyVersion.objects.filter(policy=clause.version.policy_id, number__gt=clause.version.number)
    return not later.exists()
