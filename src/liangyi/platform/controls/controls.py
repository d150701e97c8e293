"""What follows when a rule was broken or set aside."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from liangyi.platform.controls.catalogue import Control, Kind, register
from liangyi.platform.controls.proofs import Done, prove

BREACH_HANDLED = register(
    Control(
        "controls.breach_handled",
        Kind.DUTY,
        _("违规限期处理"),
        _("监测到的违规自动派给责任岗位，限两个工作日处理，逾期上报。"),
        source=_("《医疗质量管理办法》"),
        words="违规 处理违规 及时处理 纠正违规 违反规定 违规行为 不符合 及时发现并处理 限期处理 监测发现",
    )
)
OVERRIDE_REVIEW = register(
    Control(
        "controls.override_review",
        Kind.DUTY,
        _("越过闸口复核"),
        _("经两人越过的限制事后由质量人员限期复核。"),
        source=_("行业惯例，可由制度调整"),
        words="例外 特殊情况 特批 越过 复核 事后复核 双人 紧急情况下 授权放行",
    )
)

prove(BREACH_HANDLED, Done(("controls.breach",)))
prove(OVERRIDE_REVIEW, Done(("controls.review_override",)))
