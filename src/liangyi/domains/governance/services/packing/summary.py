"""The words of a pack: how clauses are carried out, the values in force, and the data of the summary."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import groupby
from typing import Any

from django.utils.translation import gettext as _

from liangyi.domains.governance.models import Clause, Pack
from liangyi.domains.governance.queries.evidence import ClauseHealth, ControlHealth
from liangyi.domains.governance.queries.packing import Scope
from liangyi.domains.governance.rules.packing import HEALTHS, WAYS, WHY_NOTHING, figures_in_words
from liangyi.platform.access.models import Site
from liangyi.platform.controls.proofs import is_register


def named(site: Site, language: str) -> str:
    """The site's name in a language."""
    return site.name_en if language.startswith("en") and site.name_en else site.name


def way_in_words(health: ClauseHealth) -> str:
    """The ways in which a clause is carried out, or why nothing does."""
    if health.why_nothing:
        return str(WHY_NOTHING[health.why_nothing])
    kinds = dict.fromkeys(str(one.control.kind) for one in health.controls if one.control)
    return " · ".join(str(WAYS[kind]) for kind in kinds)


def parameters_in_words(health: ClauseHealth, scope: Scope) -> list[str]:
    """The values in force of the clause's controls."""
    return [line for one in health.controls for line in _parameters(one, scope.settings.get(one.code, {}))]


def summary_data(
    pack: Pack, scope: Scope, counts: Mapping[str, int], facts: Mapping[str, Any]
) -> dict[str, Any]:
    """What the summary's template shows: text only, already in the reader's language."""
    healths = Counter(str(scope.healths[clause.identity].health) for clause in scope.clauses)
    return {
        "title": pack.title,
        "site": facts["site"]["name"],
        "period": f"{scope.first:%Y-%m-%d} – {scope.last:%Y-%m-%d}",
        "made": _("%(who)s 制作于 %(at)s") % {"who": facts["made_by"] or "—", "at": facts["made_at"]},
        "handed": pack.inspection.organisation if pack.inspection else "",
        "words": _words(),
        "totals": [
            {"code": code, "label": str(label), "count": healths.get(code, 0)}
            for code, label in HEALTHS.items()
        ],
        "figures": [
            {"label": _("条款"), "value": f"{len(scope.clauses):,}"},
            {"label": _("控制"), "value": f"{len(scope.controls):,}"},
            {"label": _("记录"), "value": f"{sum(counts.values()):,}"},
        ],
        "policies": [
            {"title": title, "clauses": [_clause(clause, scope, counts) for clause in clauses]}
            for title, clauses in groupby(scope.clauses, key=_policy_of)
        ],
        "audit": _audit(facts["audit"]),
    }


def _policy_of(clause: Clause) -> str:
    return _("%(title)s（第 %(number)s 版）") % {
        "title": clause.version.policy.title,
        "number": clause.version.number,
    }


def _clause(clause: Clause, scope: Scope, counts: Mapping[str, int]) -> dict[str, Any]:
    health = scope.healths[clause.identity]
    return {
        "number": clause.number,
        "path": " › ".join(clause.path),
        "text": clause.text.strip(),
        "health": {"code": str(health.health), "label": str(HEALTHS[health.health])},
        "why": str(WHY_NOTHING[health.why_nothing]) if health.why_nothing else "",
        "controls": [
            {
                "title": str(one.control.title) if one.control else one.code,
                "way": str(WAYS[str(one.control.kind)]) if one.control else "",
                "health": {"code": str(one.health), "label": str(HEALTHS[one.health])},
                "figures": _figures(one, counts),
                "parameters": _parameters(one, scope.settings.get(one.code, {})),
                "source": str(one.control.source) if one.control else "",
            }
            for one in health.controls
        ],
    }


def _figures(one: ControlHealth, counts: Mapping[str, int]) -> str:
    if one.control is not None and one.control.planned:
        return _("还在计划中，不计入")
    counted = figures_in_words(one.tally.figures, is_register=is_register(one.code))
    records = _("记录 %(count)s 条") % {"count": counts.get(one.code, 0)}
    return f"{counted} · {records}" if counted else records


def _parameters(one: ControlHealth, values: Mapping[str, Any]) -> list[str]:
    if one.control is None:
        return []
    return [
        _("%(title)s：%(value)s %(unit)s")
        % {
            "title": parameter.title or parameter.name,
            "value": _value(values.get(parameter.name)),
            "unit": parameter.unit,
        }
        for parameter in one.control.parameters
    ]


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return str(value)


def _audit(head: Mapping[str, Any]) -> str:
    if not head:
        return ""
    return _("审计链第 %(sequence)s 环 %(root)s…") % {
        "sequence": head["sequence"],
        "root": head["root"][:16],
    }


def _words() -> dict[str, str]:
    """The template's own words."""
    return {
        "kind": _("证据包"),
        "site": _("机构"),
        "period": _("期间"),
        "handed": _("提交给"),
        "overview": _("概览"),
        "clauses": _("逐条"),
        "parameters": _("执行中的参数"),
        "source": _("依据"),
        "page": _("第 %(page)s 页，共 %(pages)s 页") % {"page": "{page}", "pages": "{pages}"},
        "check": _("本摘要与包内全部记录一并签名，核验方法见 README.txt。"),
    }
