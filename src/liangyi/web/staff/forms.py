"""Forms of the staff screens."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liangyi.domains.catalogue import queries as catalogue
from liangyi.domains.organisation import queries as organisation
from liangyi.domains.staff.enums import CredentialKind, Profession
from liangyi.domains.staff.models import Credential, StaffMember
from liangyi.domains.staff.permissions import MANAGE
from liangyi.domains.staff.services import NewAccount
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.web.organisation.fields import (
    RowField,
    RowsField,
    choice_field,
    day_field,
    role_choices,
    shown_name,
    sites_with,
    subjects_field,
    text_field,
)

FILTER_PROFESSIONS = [("", _("全部")), *Profession.choices]


class MemberForm(forms.Form):
    """A person on the staff."""

    name = text_field(_("姓名"), 60)
    profession = choice_field(_("职业"), Profession.choices, help_text=_("决定需要哪种执业证书"))
    title = text_field(_("职称"), 40, required=False)
    unit = RowField(label=_("科室"), required=False)
    hired_on = day_field(_("入职日期"), required=False)

    def __init__(self, *args: Any, actor: Actor, site: Site, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        departments = organisation.departments_for_site(actor, site).filter(unit__is_active=True)
        units = [(department.unit_id, department.unit.name) for department in departments]
        self.fields["unit"].offer(units)  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(member: StaffMember) -> dict[str, Any]:
        return {
            "name": member.name,
            "profession": member.profession,
            "title": member.title,
            "unit": member.unit_id,
            "hired_on": member.hired_on,
        }


class AccountForm(forms.Form):
    """How somebody signs in."""

    username = text_field(
        _("账号"),
        64,
        help_text=_("小写字母、数字和 . _ -，例如 wang.ming"),
        attrs={"autocapitalize": "none", "spellcheck": "false"},
    )
    password = forms.CharField(
        label=_("初始密码"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("至少 10 个字符；本人第一次登录时要改"),
    )
    roles = forms.MultipleChoiceField(
        label=_("角色"), widget=forms.CheckboxSelectMultiple, choices=role_choices
    )

    @property
    def new_account(self) -> NewAccount | None:
        """The account asked for, after validation; None when no user name was given."""
        data = self.cleaned_data
        if not data.get("username"):
            return None
        return NewAccount(data["username"], data.get("password") or "", tuple(data.get("roles") or ()))


class OptionalAccountForm(AccountForm):
    """The same beside a new person, who may do without."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.required = False


class NewMemberForm(MemberForm, OptionalAccountForm):
    """A person and, in one go, their account; without a user name they do not sign in."""

    PERSON = ("name", "profession", "title", "unit", "hired_on")

    def __init__(self, *args: Any, actor: Actor, site: Site, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, site=site, **kwargs)
        for name in self.PERSON:
            self.fields[name].required = name in ("name", "profession")

    @property
    def person(self) -> dict[str, Any]:
        """What describes the person, after validation."""
        return {name: self.cleaned_data[name] for name in self.PERSON}


class LeaveForm(forms.Form):
    """Somebody leaves."""

    left_on = day_field(_("最后工作日"))
    reason = text_field(_("说明"), 200, required=False)


class PostForm(forms.Form):
    """Somebody takes a post."""

    post = RowField(label=_("岗位"))
    site = RowField(label=_("院区"))
    held_from = day_field(_("任职起"))
    held_to = day_field(_("任职止"), required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["post"].offer(organisation.posts().values_list("id", "name"))  # type: ignore[attr-defined]
        self.fields["site"].offer(sites_with(actor, MANAGE))  # type: ignore[attr-defined]


class EndPostForm(forms.Form):
    """Somebody gives a post up."""

    held_to = day_field(_("最后一天"))


class CredentialForm(forms.Form):
    """A certificate."""

    kind = choice_field(_("证书类型"), CredentialKind.choices)
    number = text_field(_("证书编号"), 40)
    issuer = text_field(_("发证机关"), 100, required=False)
    issued_on = day_field(_("发证日期"))
    valid_to = day_field(_("有效期止"), required=False, help_text=_("长期有效就留空"))
    sites = RowsField(
        label=_("执业地点"), required=False, help_text=_("医师、护士执业证书必选；没有注册的院区不能预约")
    )
    subjects = subjects_field(_("执业范围"), required=False, help_text=_("医师执业证书、主诊医师备案必选"))

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sites"].offer(sites_with(actor, MANAGE))  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(credential: Credential) -> dict[str, Any]:
        plain = ("kind", "number", "issuer", "issued_on", "valid_to", "subjects")
        return {name: getattr(credential, name) for name in plain} | {
            "sites": [str(site) for site in credential.places.values_list("site", flat=True)]
        }


class RevokeForm(forms.Form):
    """A certificate counts no more."""

    revoked_on = day_field(_("注销日期"))
    reason = text_field(_("原因"), 200)


class PrivilegeForm(forms.Form):
    """The clinic authorises somebody to do a service."""

    service = RowField(label=_("项目"))
    valid_from = day_field(_("授权起"))
    valid_to = day_field(_("授权止"), help_text=_("最长两年，到期重新评估"))

    def __init__(self, data: Any, *, actor: Actor, site: Site, today: date) -> None:
        known = {"valid_from": today, "valid_to": today + timedelta(days=364)}
        super().__init__(data, initial=known)
        services = catalogue.services_for_site(actor, site.id).filter(needs_privilege=True)
        self.fields["service"].offer(  # type: ignore[attr-defined]
            (service.id, shown_name(service)) for service in services
        )


class SuspendForm(forms.Form):
    """Why an authority is withheld."""

    reason = text_field(_("原因"), 200)
