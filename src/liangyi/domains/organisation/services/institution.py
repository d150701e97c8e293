"""The group and its sites."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID
from zoneinfo import available_timezones

from django.utils.translation import gettext_lazy as _

from liangyi.domains.organisation.errors import AlreadyFounded, once
from liangyi.domains.organisation.models import Institution, SiteProfile
from liangyi.domains.organisation.permissions import MANAGE, require_for_group
from liangyi.domains.organisation.rules import SITE_CODE, Problems, is_credit_code, is_phone
from liangyi.platform.access import services as access
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.clock import HOME_ZONE
from liangyi.platform.errors import Invalid, Missing

_SITE_TAKEN = {
    "organisation_siteprofile_code_key": ("code", _("已有院区用这个代码")),
    "access_site_name_key": ("name", _("已有院区用这个名称")),
}


def found_institution(*, actor: Actor, at: datetime, name: str, credit_code: str = "") -> Institution:
    """Name the group, once. Raises AlreadyFounded. The credit code is checked by its last digit."""
    actor.require(MANAGE)
    name, credit_code = _checked_institution(name, credit_code)
    try:
        with once(organisation_institution_only_key=("name", _("机构已经建立"))), recorded(actor):
            return Institution.objects.create(name=name, credit_code=credit_code)
    except Invalid as error:
        raise AlreadyFounded(_("机构已经建立")) from error


def change_institution(*, actor: Actor, at: datetime, name: str, credit_code: str = "") -> Institution:
    """Correct the group's name or credit code."""
    require_for_group(actor, MANAGE)
    name, credit_code = _checked_institution(name, credit_code)
    with recorded(actor):
        row = Institution.objects.select_for_update().first()
        if row is None:
            raise Missing()
        row.name, row.credit_code = name, credit_code
        row.save()
    return row


def set_up_site(
    *,
    actor: Actor,
    at: datetime,
    name: str,
    code: str,
    name_en: str = "",
    address: str = "",
    phone: str = "",
    time_zone: str = HOME_ZONE,
) -> Site:
    """Found a site with its profile. `code` (up to 6 capitals and digits) begins its record numbers."""
    actor.require(MANAGE)
    name, name_en, code, address, phone = _checked_site(name, name_en, code, address, phone, time_zone)
    with once(**_SITE_TAKEN), recorded(actor):
        site = access.create_site(actor=actor, at=at, name=name, name_en=name_en, time_zone=time_zone)
        SiteProfile.objects.create(site=site, code=code, address=address, phone=phone)
    return site


def change_site(
    *,
    actor: Actor,
    at: datetime,
    site: UUID,
    name: str,
    code: str,
    name_en: str = "",
    address: str = "",
    phone: str = "",
    time_zone: str = HOME_ZONE,
) -> Site:
    """Correct a site and its profile; a site that has no profile yet gets one."""
    actor.require(MANAGE, site)
    name, name_en, code, address, phone = _checked_site(name, name_en, code, address, phone, time_zone)
    with once(**_SITE_TAKEN), recorded(actor):
        row = access.change_site(
            actor=actor, at=at, site=site, name=name, name_en=name_en, time_zone=time_zone
        )
        SiteProfile.objects.update_or_create(
            site=row, defaults={"code": code, "address": address, "phone": phone}
        )
    return row


def _checked_institution(name: str, credit_code: str) -> tuple[str, str]:
    problems = Problems()
    name = problems.text("name", name, most=100)
    code = problems.text("credit_code", credit_code, most=18, required=False).upper()
    problems.check(not code or is_credit_code(code), "credit_code", _("统一社会信用代码有误，请核对 18 位"))
    problems.done()
    return name, code


def _checked_site(
    name: str, name_en: str, code: str, address: str, phone: str, time_zone: str
) -> tuple[str, str, str, str, str]:
    problems = Problems()
    name = problems.text("name", name, most=100)
    name_en = problems.text("name_en", name_en, most=100, required=False)
    code = problems.text("code", code, most=6).upper()
    problems.check(not code or bool(SITE_CODE.fullmatch(code)), "code", _("用 1 到 6 个大写字母或数字"))
    address = problems.text("address", address, most=200, required=False)
    phone = problems.text("phone", phone, most=20, required=False)
    problems.check(not phone or is_phone(phone), "phone", _("电话号码有误，例如 0755-12345678"))
    problems.check(time_zone in available_timezones(), "time_zone", _("没有这个时区"))
    problems.done()
    return name, name_en, code, address, phone
