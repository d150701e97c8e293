"""What a clause is, by a reviewer's word: what was read as narrative may be an obligation, and so on."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liangyi.domains.governance.enums import NORMATIVE, ClauseKind
from liangyi.domains.governance.models import Clause, Match
from liangyi.domains.governance.permissions import MATCH
from liangyi.domains.governance.services.matching import newest_clause, refuse_what_is_in_use
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.errors import Invalid


def say_kind(*, actor: Actor, at: datetime, clause: UUID, kind: str) -> Clause:
    """Say what a clause is, in the words of its newest version; the kind it was read as takes the word back.

    The word goes with the clause through new versions as long as its words stay. What it is tied to stays
    and counts again should it become normative again; Conflict while a value set from that is in force.
    """
    actor.require(MATCH)
    if kind not in ClauseKind.values:
        raise Invalid({"kind": [_("请选择条款类型")]})
    with recorded(actor):
        found = newest_clause(actor, clause)
        if kind == found.kind:
            return found
        if kind not in NORMATIVE:
            refuse_what_is_in_use(Match.objects.filter(identity=found.identity), at)
        read = found.read_kind or found.kind
        found.kind, found.read_kind = kind, "" if kind == read else read
        found.save(update_fields=["kind", "read_kind"])
    return found
