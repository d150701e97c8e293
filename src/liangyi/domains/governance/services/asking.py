"""What an approver reads before a clause's number becomes what the product goes by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liangyi.domains.governance.permissions import APPROVE_SETTING
from liangyi.domains.governance.subjects import named
from liangyi.platform.approvals.kinds import ApprovalKind, Step, register
from liangyi.platform.approvals.models import Approval
from liangyi.platform.controls.catalogue import Parameter, controls

SETTING_KIND = "governance.setting"
END_KIND = "governance.setting_end"
STEPS = (Step("director", APPROVE_SETTING),)
Facts = Mapping[str, Any]


def shown_value(parameter: Parameter | None, value: Any) -> str:
    """A value with its unit, as people say it."""
    if isinstance(value, bool):
        return str(_("是") if value else _("否"))
    unit = parameter.unit if parameter is not None else ""
    return f"{value} {unit}".strip()


def disagreement(parameter: Parameter, title: str, number: str, value: Any) -> str:
    """One sentence on another clause that says something else, and which of the two will hold."""
    names = {"title": title, "number": number, "value": shown_value(parameter, value)}
    if parameter.stricter:
        return _("与《%(title)s》%(number)s 的 %(value)s不一致：按较严的执行") % names
    return _("与《%(title)s》%(number)s 的 %(value)s不一致：按后生效的执行") % names


def _parameter(facts: Facts) -> Parameter | None:
    control = controls().get(facts.get("control", ""))
    found = control.parameters if control is not None else ()
    return next((each for each in found if each.name == facts.get("parameter")), None)


def _named(facts: Facts) -> dict[str, str]:
    return {
        "name": named(facts.get("control", ""), facts.get("parameter", "")),
        "value": shown_value(_parameter(facts), facts.get("value", "")),
    }


def _title(facts: Facts) -> str:
    return _("参数：%(name)s改为 %(value)s") % _named(facts)


def _end_title(facts: Facts) -> str:
    return _("参数：%(name)s不再按 %(value)s") % _named(facts)


def _url(approval: Approval) -> str:
    return f"/policies/parameters/{approval.facts['control']}/{approval.facts['parameter']}/"


def _lines(facts: Facts) -> Sequence[tuple[Any, Any]]:
    parameter = _parameter(facts)
    last = facts.get("effective_to", "")
    days = facts.get("effective_from", "") + (f" – {last}" if last else "")
    return (
        (gettext_lazy("控制点"), _control_title(facts)),
        (gettext_lazy("现在"), shown_value(parameter, facts.get("now", ""))),
        (gettext_lazy("改为"), shown_value(parameter, facts.get("value", ""))),
        (gettext_lazy("适用"), facts.get("site") or _("全集团")),
        (gettext_lazy("生效"), days),
        (gettext_lazy("不再执行"), facts.get("ends_on", "")),
        (gettext_lazy("条款"), f"《{facts.get('policy', '')}》{facts.get('number', '')}"),
        (gettext_lazy("原文"), facts.get("text", "")),
        (gettext_lazy("不一致"), _disagreements(parameter, facts)),
        (gettext_lazy("法律底线"), parameter.legal if parameter is not None else ""),
        (gettext_lazy("说明"), facts.get("note", "")),
    )


def _control_title(facts: Facts) -> str:
    control = controls().get(facts.get("control", ""))
    return str(control.title) if control is not None else str(facts.get("control", ""))


def _disagreements(parameter: Parameter | None, facts: Facts) -> str:
    if parameter is None:
        return ""
    others = facts.get("others", [])
    return "\n".join(disagreement(parameter, o["policy"], o["number"], o["value"]) for o in others)


register(ApprovalKind(SETTING_KIND, _title, _url, STEPS, _lines))
register(ApprovalKind(END_KIND, _end_title, _url, STEPS, _lines))
