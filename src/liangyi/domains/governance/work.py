"""The work that policies make, and what is asked of a reviewer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from liangyi.domains.governance.services.laws import ANSWER_KIND, CHECK_KIND
from liangyi.domains.governance.services.life import REVIEW_KIND, VERSION_KIND
from liangyi.domains.governance.services.receipts import READ_KIND
from liangyi.platform.approvals import kinds as approvals
from liangyi.platform.approvals.kinds import ApprovalKind, Step
from liangyi.platform.approvals.models import Approval
from liangyi.platform.worklist.kinds import WorkKind, register

Facts = Mapping[str, Any]


def _read_title(facts: Facts) -> str:
    return _("阅读制度：%(title)s（第 %(number)s 版）") % {
        "title": facts.get("title", ""),
        "number": facts.get("number", ""),
    }


def _review_title(facts: Facts) -> str:
    return _("复审制度：%(title)s") % {"title": facts.get("title", "")}


def _check_title(facts: Facts) -> str:
    return _("法规查新：%(title)s") % {"title": facts.get("title", "")}


def _answer_title(facts: Facts) -> str:
    return _("法规有变，核对制度：%(title)s（%(law)s）") % {
        "title": facts.get("title", ""),
        "law": facts.get("law", ""),
    }


def _version_title(facts: Facts) -> str:
    return _("批准制度：%(title)s（第 %(number)s 版）") % {
        "title": facts.get("title", ""),
        "number": facts.get("number", ""),
    }


def _version_url(approval: Approval) -> str:
    return f"/policies/{approval.facts['policy']}/?version={approval.facts['number']}"


def _version_lines(facts: Facts) -> Sequence[tuple[Any, Any]]:
    """What differs from the version in force, and what nobody has confirmed yet."""
    changes = facts.get("changes", {})
    before = facts.get("in_force")
    told = _("新增 %(new)s 条，修改 %(changed)s 条，删去 %(gone)s 条") % {
        "new": changes.get("new", 0),
        "changed": changes.get("changed", 0),
        "gone": changes.get("gone", 0),
    }
    still_open = facts.get("open", 0)
    return (
        (gettext_lazy("替代"), _("第 %(number)s 版") % {"number": before} if before else _("首次施行")),
        (gettext_lazy("变化"), told if before else ""),
        (gettext_lazy("义务与禁止"), _("%(count)s 条") % {"count": facts.get("rules", 0)}),
        (
            gettext_lazy("还没有确认控制"),
            _("%(count)s 条") % {"count": still_open} if still_open else "",
        ),
        (gettext_lazy("提交说明"), facts.get("note", "")),
    )


register(
    WorkKind(READ_KIND, _read_title, lambda item: f"/policies/to-read/{item.subject_id}/", by_hand=False)
)
register(
    WorkKind(REVIEW_KIND, _review_title, lambda item: f"/policies/{item.subject_id}/review/", by_hand=False)
)
approvals.register(
    ApprovalKind(
        VERSION_KIND, _version_title, _version_url, (Step("director", "governance.approve"),), _version_lines
    )
)
register(WorkKind(CHECK_KIND, _check_title, lambda item: f"/policies/laws/{item.subject_id}/", by_hand=False))
register(WorkKind(ANSWER_KIND, _answer_title, lambda item: f"/policies/{item.subject_id}/laws/"))
