"""The shell: the frame round every page, signing in, my work."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ShellConfig(AppConfig):
    name = "liangyi.web.shell"
    label = "web_shell"

    def ready(self) -> None:
        from django.forms import Field

        from liangyi.web.shell import navigation

        Field.default_error_messages = {**Field.default_error_messages, "required": _("请填写这一项")}
        navigation.register(navigation.Entry("home", _("我的工作"), "shell:home", "checkup-list", None, 10))
