"""Going ahead in an emergency in spite of a refusal: what is asked in the refusal panel, and what it proves.

The fields stand in the form that was refused and are sent with it. Their names begin with `_`: no draft,
no session and no digest of the form keeps them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django import forms
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from liangyi.platform import clock
from liangyi.platform.access.errors import TooManyAttempts, WrongCredentials
from liangyi.platform.access.queries import actor_for
from liangyi.platform.access.services.tokens import authenticated
from liangyi.platform.actors import Actor
from liangyi.platform.controls.errors import GateRefused, WrongOverride
from liangyi.platform.controls.overrides import Override, may_override, may_override_all
from liangyi.platform.errors import Refusal, Refused
from liangyi.web.shell.drafts import typed_fields
from liangyi.web.shell.requests import Request
from liangyi.web.shell.submission import STAY, add_errors, submit

T = TypeVar("T")
PRESSED = "_override"
LONGEST_REASON = 500


class OverrideForm(forms.Form):
    """Why it must be, and who is there as the second person."""

    reason = forms.CharField(
        label=_("理由"),
        max_length=LONGEST_REASON,
        help_text=_("写明情况为何紧急、为何现在办不到"),
        error_messages={"required": _("请写明理由")},
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "off"}),
    )
    second = forms.CharField(
        label=_("第二人账号"),
        max_length=64,
        help_text=_("在场的另一位本院区员工，由其本人输入"),
        error_messages={"required": _("请填写第二人的账号")},
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    password = forms.CharField(
        label=_("第二人密码"),
        max_length=200,
        strip=False,
        error_messages={"required": _("请填写第二人的密码")},
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, request: Request, pressed: str) -> None:
        self.pressed = pressed
        self.is_sent = PRESSED in request.POST
        self.is_locked = False
        super().__init__(request.POST if self.is_sent else None, prefix=PRESSED)
        self.codes = tuple(request.POST.getlist(self.add_prefix("codes")))

    def proved(self, request: Request) -> Override | None:
        """The override that is asked for, once the second person has proved to be there.

        None where nothing is asked, where the actor may set none of it aside, and where something is
        wrong, which stands in the form then.
        """
        if not self.is_sent or not _may_any(request.actor, self.codes) or not self.is_valid():
            return None
        second = self._second(request)
        return Override(self.codes, self.cleaned_data["reason"], second) if second else None

    def _second(self, request: Request) -> Actor | None:
        """Whom account and password belong to; counted and locked out as signing in is."""
        name, password, at = self.cleaned_data["second"], self.cleaned_data["password"], clock.now()
        try:
            account = authenticated(request=_bare(request), at=at, username=name, password=password)
        except TooManyAttempts as error:
            self.is_locked = True
            self.add_error("password", str(error.message))
        except WrongCredentials as error:
            self.add_error("password", str(error.message))
        else:
            if not account.must_change_password:
                return actor_for(account, at=at)
            self.add_error("second", _("这个账号的密码是别人设的，请本人先登录改密码"))
        return None


@dataclass(frozen=True)
class Offer:
    """The block in a refusal panel: its form, the refusals it would set aside, and what else had been
    sent, for a panel that stands in no form."""

    form: OverrideForm
    codes: list[str]
    sent: list[tuple[str, str]]


def submit_overridable(
    request: Request,
    form: BaseForm,
    action: Callable[[dict[str, Any], Override | None], T],
    *,
    to: str | Callable[[T], str] = STAY,
    pressed: str = "",
) -> HttpResponse | None:
    """`submit` for an action that takes an override: where it is refused, the panel offers one to whoever
    may. What is wrong with an override is said beside its fields; the action then runs without it.

    `pressed` is the value of the button that sent the form, where it had several: the panel's own button
    has it too.
    """
    asked = OverrideForm(request, pressed)

    def run(data: dict[str, Any]) -> T:
        override = asked.proved(request)
        try:
            return action(data, override)
        except WrongOverride as error:
            add_errors(asked, error)
        return action(data, None)

    done = submit(request, form, run, to=to)
    if done is None and request.outcome is not None:
        request.outcome.override = asked
        request.outcome.status = 429 if asked.is_locked else request.outcome.status
    return done


def offer_for(request: Request, refused: Refused | Refusal) -> Offer | None:
    """What the panel offers: nothing unless the page takes overrides and the actor may set all aside."""
    asked = request.outcome.override if request.outcome else None
    if asked is None or not isinstance(refused, GateRefused):
        return None
    if not may_override_all(request.actor, refused.refusals, refused.asked.site):
        return None
    sent = [(name, value) for name, values in typed_fields(request).items() for value in values]
    return Offer(asked, [one.control for one in refused.refusals], sent)


def _may_any(actor: Actor, codes: tuple[str, ...]) -> bool:
    return any(may_override(actor, code, site) for code in codes for site in actor.grants)


def _bare(request: HttpRequest) -> HttpRequest:
    """The request without what was typed: failed attempts are kept with what came with them, and a
    lock-out must not put its own page in the place of this one."""
    bare = HttpRequest()
    bare.META, bare.method = request.META, request.method
    bare.path, bare.path_info = request.path, request.path_info
    return bare
