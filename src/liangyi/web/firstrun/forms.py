"""The first run's one form, made of the forms of its sections."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from liangyi.domains.staff.services.founding import NewClinic
from liangyi.web.organisation.fields import text_field
from liangyi.web.organisation.forms import InstitutionForm, LicenceForm, SiteForm


class AdministratorForm(forms.Form):
    """Who sets the clinic up."""

    display_name = text_field(_("姓名"), 64, attrs={"autocomplete": "name"})
    username = text_field(
        _("账号"),
        64,
        help_text=_("小写字母、数字和 . _ -，登录用"),
        attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"},
    )
    password = forms.CharField(
        label=_("密码"),
        strip=False,
        max_length=200,
        help_text=_("至少 10 个字符，不要用常见密码"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("再输一次密码"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


SECTIONS: dict[str, tuple[Any, Any, type[forms.Form]]] = {
    "institution": (_("机构"), _("营业执照上的名称"), InstitutionForm),
    "site": (_("第一个院区"), _("以后可以再加"), SiteForm),
    "licence": (_("执业许可证"), _("决定这个院区能预约什么"), LicenceForm),
    "administrator": (_("管理员"), _("您自己；下一步就用它登录"), AdministratorForm),
}


class FirstRunForm(forms.Form):
    """Fields are named `<section>_<field>`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for section, (_title, _text, form) in SECTIONS.items():
            for name, field in form.base_fields.items():
                self.fields[f"{section}_{name}"] = deepcopy(field)
        del self.fields["site_name_en"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        password, again = data.get("administrator_password"), data.get("administrator_again")
        if password and again and password != again:
            self.add_error("administrator_again", _("两次输入的密码不一样"))
        return data

    @property
    def sections(self) -> list[tuple[Any, Any, list[forms.BoundField]]]:
        """Title, a line under it, and the fields."""
        return [
            (title, text, [self[name] for name in self.fields if name.startswith(f"{section}_")])
            for section, (title, text, _form) in SECTIONS.items()
        ]

    @property
    def clinic(self) -> NewClinic:
        """What was asked for, after validation."""
        parts = {section: self._part(section) for section in SECTIONS}
        parts["administrator"].pop("again")
        return NewClinic(**parts)

    def _part(self, section: str) -> dict[str, Any]:
        start = f"{section}_"
        return {
            name.removeprefix(start): value
            for name, value in self.cleaned_data.items()
            if name.startswith(start)
        }
