"""What is watched about authority: privileges that will soon run out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from liangyi.domains.staff.models import Privilege
from liangyi.domains.staff.queries import site_of
from liangyi.domains.staff.subjects import PRIVILEGE
from liangyi.platform.clock import HOME_ZONE, local_day
from liangyi.platform.controls.catalogue import Control, Finding, Kind, register, watch
from liangyi.platform.controls.warning import running_out, warning_days

MOST_DAYS = 180

PRIVILEGE_EXPIRING = register(
    Control(
        code="staff.privilege_expiring",
        kind=Kind.WATCH,
        title=_("手术授权到期"),
        description=_("医生的手术或项目授权在规定天数内到期，而没有重新评估并续授。"),
        source=_("《医疗技术临床应用管理办法》"),
        parameters=(warning_days(60, MOST_DAYS),),
        owner_role="director",
        words="授权到期 定期评估 重新评估 再授权 续授 动态管理 授权期满 能力评估 两年评估",
    )
)


@watch(PRIVILEGE_EXPIRING)
def privileges_expiring(at: datetime) -> Iterator[Finding]:
    """Privileges in force that end within `days_before` days and that no later one of the service replaces.

    One that has ended is none any more: the gates refuse it, and scheduling finds what is booked on it.
    """
    today = local_day(at, HOME_ZONE)
    for privilege, site, left in running_out(
        PRIVILEGE_EXPIRING,
        _ending(today, today + timedelta(days=MOST_DAYS)),
        today=today,
        site_of=lambda privilege: site_of(privilege.staff),
        end_of=lambda privilege: privilege.valid_to,
    ):
        yield Finding(PRIVILEGE, privilege.id, site, _facts(privilege, left))


def _ending(today: date, last_day: date) -> QuerySet[Privilege]:
    later = Privilege.objects.filter(
        staff=OuterRef("staff"),
        service=OuterRef("service"),
        valid_to__gt=OuterRef("valid_to"),
        valid_from__lte=OuterRef("valid_to") + timedelta(days=1),
        suspended_on=None,
    )
    ending = Privilege.objects.filter(valid_to__range=(today, last_day), suspended_on=None)
    working = Q(staff__left_on=None) | Q(staff__left_on__gte=F("valid_to"))
    found = ending.filter(working, service__is_active=True).exclude(Exists(later))
    return found.select_related("staff__unit", "service").order_by("valid_to", "id")


def _facts(privilege: Privilege, left: int | None) -> dict[str, object]:
    return {
        "staff": str(privilege.staff_id),
        "service": privilege.service.name,
        "valid_to": privilege.valid_to.isoformat(),
        "days_left": left,
    }
