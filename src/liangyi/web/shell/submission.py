"""One way to submit a form: validate, call the service, show what it says, keep what was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django.forms import BaseForm
from django.http import HttpResponse

from liangyi.platform.errors import Conflict, Invalid, Refused
from liangyi.web.shell import drafts
from liangyi.web.shell.requests import Outcome, Request
from liangyi.web.shell.signin import go

T = TypeVar("T")
STAY = ""


def submit(
    request: Request,
    form: BaseForm,
    action: Callable[[dict[str, Any]], T],
    *,
    to: str | Callable[[T], str] = STAY,
) -> HttpResponse | None:
    """Run `action` with the cleaned form. None when the form must be shown (again).

    Invalid becomes errors beside the fields, Refused the refusal panel, Conflict an alert in the form;
    @page answers 422 or 409 then. Afterwards the browser goes `to` an address, or one made from the
    action's result; STAY shows the same page afresh. The form's draft is dropped only on success.
    """
    if request.method != "POST":
        return None
    request.outcome = Outcome(form, 422)
    if not form.is_valid():
        return None
    try:
        result = action(form.cleaned_data)
    except Invalid as error:
        add_errors(form, error)
    except Refused as refused:
        request.outcome = Outcome(form, 422, refused=refused)
    except Conflict as conflict:
        request.outcome = Outcome(form, 409, conflict=conflict)
    else:
        request.outcome = None
        drafts.drop_submitted(request)

        return leave(request, to(result) if callable(to) else to)
    return None


def add_errors(form: BaseForm, error: Invalid) -> None:
    """Put a service's complaints beside the fields they name; the rest above the buttons."""
    for name, texts in error.fields.items():
        form.add_error(name if name in form.fields else None, [str(text) for text in texts])


def leave(request: Request, to: str) -> HttpResponse:
    """Go to `to`; STAY shows the page one is on again."""
    if to:
        return go(request, to)
    if "HX-Request" in request.headers:
        return HttpResponse(status=204, headers={"HX-Refresh": "true"})
    return go(request, request.get_full_path())
