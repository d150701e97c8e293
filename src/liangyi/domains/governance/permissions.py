"""Who reads the group's policies, and who brings them in."""

from __future__ import annotations

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from liangyi.domains.governance.models import Policy
from liangyi.platform.access.registry import declare
from liangyi.platform.actors import Actor

VIEW = "governance.view"
IMPORT = "governance.import"
MATCH = "governance.match"

declare(VIEW, _("查看制度"), roles=("quality", "director", "surgeon", "dentist", "anaesthetist", "inspector"))
declare(IMPORT, _("导入制度"), roles=("quality", "director"))
declare(MATCH, _("审阅条款对应"), roles=("quality", "director"))

MAINTAIN = "governance.maintain"
APPROVE = "governance.approve"
WATCH_LAWS = "governance.watch_laws"

declare(MAINTAIN, _("提交、发布与复审制度"), roles=("quality", "director"))
declare(APPROVE, _("批准与废止制度"), roles=("director",))
declare(WATCH_LAWS, _("法规查新"), roles=("quality", "director"))

INSPECT = "governance.inspection"
PACK = "governance.pack"

declare(INSPECT, _("开通检查员访问"), roles=("quality", "director"))
declare(PACK, _("制作证据包"), roles=("quality", "director"))

REQUEST_SETTING = "governance.request_setting"
APPROVE_SETTING = "governance.approve_setting"

declare(REQUEST_SETTING, _("按条款设定参数"), roles=("quality", "director"))
declare(APPROVE_SETTING, _("批准参数"), roles=("director",))


def policies_visible_to(actor: Actor) -> QuerySet[Policy]:
    """Policies are the group's: all of them for whoever may read policies at any site, else none."""
    return Policy.objects.all() if actor.may(VIEW) else Policy.objects.none()
