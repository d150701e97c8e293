"""What is watched about people: certificates that have run out or soon will."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from liangyi.domains.staff.models import Credential
from liangyi.domains.staff.subjects import CREDENTIAL
from liangyi.platform.clock import HOME_ZONE, local_day
from liangyi.platform.controls.catalogue import Control, Finding, Kind, register, watch
from liangyi.platform.controls.warning import running_out, warning_days

MOST_DAYS = 365

EXPIRING = register(
    Control(
        code="staff.credential_expiring",
        kind=Kind.WATCH,
        title=_("证照到期"),
        description=_("员工的证照已经过期，或在规定天数内到期而没有换证。"),
        source=_("《护士条例》第八至十条，《医师法》第十四、四十二条"),
        parameters=(
            warning_days(90, MOST_DAYS, lowest=30, legal=_("《护士条例》第八至十条：期满前 30 日申请延续")),
        ),
        owner_role="director",
        words="证书到期 执业证到期 延续注册 有效期 换证 过期 定期审核资质 资格复核 证照有效 "
        "注册到期 续期 变更注册 证件到期 资质审查",
    )
)


@watch(EXPIRING)
def credentials_expiring(at: datetime) -> Iterator[Finding]:
    """Certificates that end within `days_before` days or have ended, and that no newer one replaces."""
    today = local_day(at, HOME_ZONE)
    for credential, site, left in running_out(
        EXPIRING,
        _ending(today, today + timedelta(days=MOST_DAYS)),
        today=today,
        site_of=_site_of,
        end_of=lambda credential: credential.valid_to,
    ):
        yield Finding(CREDENTIAL, credential.id, site, _facts(credential, left))


def _ending(today: date, last_day: date) -> QuerySet[Credential]:
    newer = Credential.objects.filter(
        Q(valid_to=None) | Q(valid_to__gt=OuterRef("valid_to")),
        staff=OuterRef("staff"),
        kind=OuterRef("kind"),
        subjects__contains=OuterRef("subjects"),
        revoked_on=None,
    ).exclude(id=OuterRef("id"))
    ending = Credential.objects.filter(valid_to__lte=last_day, revoked_on=None).exclude(Exists(newer))
    working = Q(staff__left_on=None) | Q(staff__left_on__gte=today)
    return ending.filter(working).select_related("staff__unit").order_by("valid_to", "id")


def _site_of(credential: Credential) -> UUID | None:
    member = credential.staff
    return member.site_id or (member.unit.site_id if member.unit else None)


def _facts(credential: Credential, left: int | None) -> dict[str, object]:
    return {
        "staff": str(credential.staff_id),
        "kind": credential.kind,
        "number": credential.number,
        "valid_to": credential.valid_to.isoformat() if credential.valid_to else None,
        "days_left": left,
    }
