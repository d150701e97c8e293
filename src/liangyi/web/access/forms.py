"""Forms of accounts, roles and reviews."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from liangyi.platform.access.models import Site
from liangyi.platform.access.permissions import MANAGE_ACCOUNTS
from liangyi.platform.actors import Actor
from liangyi.web.access import matrix
from liangyi.web.access.names import name_of

LANGUAGES = [("zh-hans", "简体中文"), ("zh-hant", "繁體中文"), ("en", "English")]
Choices = list[tuple[str, Any]]


class SiteField(forms.ChoiceField):
    """A site whose accounts the actor manages; the whole group where that is all of them."""

    def __init__(self, **options: Any) -> None:
        super().__init__(label=_("院区"), required=False, **options)

    def clean(self, value: Any) -> UUID | None:
        chosen = super().clean(value)
        return UUID(chosen) if chosen else None


def site_choices(actor: Actor) -> Choices:
    """Sites by name, and the whole group for whoever manages every site."""
    sites = list(Site.objects.filter(is_active=True).order_by("name"))
    managed = set(actor.sites_with(MANAGE_ACCOUNTS))
    choices: Choices = [(str(site.pk), name_of(site)) for site in sites if site.pk in managed]
    return choices + ([("", _("整个集团"))] if len(choices) == len(sites) else [])


class AccountForm(forms.Form):
    """Who it is, where they usually work, and in which language they read."""

    display_name = forms.CharField(label=_("姓名"), max_length=64)
    email = forms.EmailField(label=_("邮箱"), required=False)
    site = SiteField(help_text=_("平时所在的院区；能做什么由角色决定"))
    language = forms.ChoiceField(label=_("语言"), choices=LANGUAGES)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["site"].choices = site_choices(actor)  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["language"].initial = settings.LANGUAGE_CODE


class NewAccountForm(AccountForm):
    """A new account with its first password."""

    username = forms.CharField(
        label=_("账号"),
        max_length=64,
        help_text=_("小写字母、数字和 . _ -，以后不能改"),
        widget=forms.TextInput(attrs={"autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("初始密码"),
        max_length=200,
        required=False,
        strip=False,
        help_text=_("至少 10 个字符，首次登录时要换成自己的；留空则先不能登录"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    field_order = ["username", "display_name", "password", "site", "email", "language"]


class NewPasswordForm(forms.Form):
    """A password to start with."""

    password = forms.CharField(
        label=_("临时密码"),
        max_length=200,
        strip=False,
        help_text=_("至少 10 个字符。对方下次登录时要换成自己的"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class GrantForm(forms.Form):
    """A role at a site."""

    role = forms.ChoiceField(label=_("角色"))
    site = SiteField()
    reason = forms.CharField(label=_("原因"), max_length=200, required=False)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = matrix.role_choices()  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["site"].choices = site_choices(actor)  # type: ignore[attr-defined]  # a ChoiceField


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(label=_("原因"), max_length=200)


class ReviewForm(forms.Form):
    """What the review found."""

    note = forms.CharField(label=_("复核意见"), max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))


class RoleForm(forms.Form):
    """A role of the clinic's own: its name and its permissions by area."""

    name = forms.CharField(label=_("名称"), max_length=60)
    name_en = forms.CharField(label=_("英文名称"), max_length=60, required=False)
    permissions = forms.MultipleChoiceField(
        label=_("权限"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["permissions"].choices = matrix.permission_choices()  # type: ignore[attr-defined]
