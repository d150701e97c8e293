"""Control points as the review screen shows them: proposed, found by words, or tied to a clause."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from liangyi.domains.governance import queries
from liangyi.domains.governance.models import Clause, Match
from liangyi.domains.governance.queries import Reviewed
from liangyi.domains.governance.rules.matching import Proposal, proposals
from liangyi.domains.governance.rules.matching.surroundings import near
from liangyi.domains.governance.rules.parameters import Offer, offers
from liangyi.domains.governance.rules.reviewing import NONE
from liangyi.platform.actors import Actor
from liangyi.platform.controls.catalogue import Kind, controls
from liangyi.web.controls.pages import KINDS
from liangyi.web.governance.pages.parameters import settable_matches

SHOWN = 5
FOUND = 12
NONE_FITS = _("没有合适的控制点")
AREAS = {
    "access": _("账号与权限"),
    "audit": _("留痕与审计"),
    "billing": _("收费"),
    "catalogue": _("服务与规程"),
    "consultation": _("咨询"),
    "controls": _("规则"),
    "facilities": _("设备与环境"),
    "feedback": _("满意度与投诉"),
    "finance": _("财务"),
    "followup": _("随访"),
    "governance": _("制度"),
    "imports": _("数据交换"),
    "jobs": _("信息安全"),
    "organisation": _("机构"),
    "outreach": _("宣传与公开"),
    "patients": _("患者"),
    "performance": _("绩效"),
    "pharmacy": _("药房"),
    "procedures": _("手术与治疗"),
    "quality": _("质量"),
    "records": _("病历"),
    "scheduling": _("预约与接诊"),
    "staff": _("人员"),
    "supply": _("物资"),
    "worklist": _("待办"),
}


@dataclass(frozen=True)
class ShownPoint:
    """A control point; without a code the word that none fits. `key` is the digit that accepts it."""

    code: str
    title: Any
    description: Any = ""
    kind: Any = ""
    area: Any = ""
    is_planned: bool = False
    key: str = ""
    percent: int | None = None


@dataclass(frozen=True)
class TiedPoint:
    """A control point that was confirmed; `is_old` when the clause said something else then.

    `offers` are the values the clause's words state for its parameters, for whoever may ask for them.
    """

    point: ShownPoint
    match: Match
    is_old: bool
    offers: Sequence[Offer] = ()


def title_of(code: str) -> Any:
    """The control point's title; its code when the catalogue no longer has it."""
    found = controls().get(code)
    return found.title if found else code or NONE_FITS


def shown_point(code: str, *, key: str = "", percent: int | None = None) -> ShownPoint:
    """One control point of the catalogue, or one that has left it."""
    found = controls().get(code)
    if found is None:
        return ShownPoint(code, title_of(code), key=key, percent=percent)
    return ShownPoint(
        code,
        found.title,
        found.description,
        KINDS[Kind(found.kind)],
        AREAS.get(code.partition(".")[0], ""),
        found.planned,
        key,
        percent,
    )


def proposed_for(clause: Clause, around: Sequence[Clause], said: Collection[str]) -> list[ShownPoint]:
    """The first proposals, best first, without those that something was said of: their digits stay, so
    that a second key hits what it was meant for. That none fits stands where its score puts it.

    `around` is the clause among those beside it.
    """
    beside = near(around, next(place for place, one in enumerate(around) if one.id == clause.id))
    found = proposals(clause.text, clause.path, title=clause.version.policy.title, near=beside)
    places = {proposal.control: str(place) for place, proposal in enumerate(_controls_of(found), 1)}
    return [
        shown_point(
            proposal.control, key=places.get(proposal.control, "n"), percent=round(100 * proposal.score)
        )
        for proposal in found
        if proposal.control not in said and (proposal.control in places or proposal.control == NONE)
    ]


def _controls_of(found: Sequence[Proposal]) -> list[Proposal]:
    return [proposal for proposal in found if proposal.control != NONE][:SHOWN]


def tied_points(actor: Actor, row: Reviewed) -> list[TiedPoint]:
    """What the clause is tied to."""
    settable = {match for match, _title in settable_matches(actor, row.clause.identity)}
    return [
        TiedPoint(
            shown_point(match.control),
            match,
            queries.is_to_be_looked_at_again(match, row.clause),
            offers(controls()[match.control], row.clause.text) if match.id in settable else (),
        )
        for match in row.confirmed
    ]


def found_points(words: str) -> list[ShownPoint]:
    """The control points of the whole catalogue that answer to these words."""
    return [shown_point(control.code) for control in queries.controls_for_search(words)[:FOUND]]
