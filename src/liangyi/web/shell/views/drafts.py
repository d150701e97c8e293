"""Autosave: what is typed into a form, kept on the server until the form is saved or the draft dropped."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse

from liangyi.platform import clock
from liangyi.platform.access import services
from liangyi.web.shell import formats
from liangyi.web.shell.drafts import FIELD, key_of, typed_fields
from liangyi.web.shell.page import Request, page


@page(None, methods=("GET", "POST"))
def drafts(request: Request) -> HttpResponse:
    """GET `?form=` gives the draft back (204 without one); POST saves it, or drops it with `_discard`."""
    if request.method != "POST":
        draft = services.draft_for(actor=request.actor, form=key_of(request.GET.get("form", "")))
        if draft is None:
            return HttpResponse(status=204)
        return JsonResponse({"saved_at": formats.moment(draft.saved_at), "fields": draft.fields})
    key = key_of(request.POST.get(FIELD, ""))
    if request.POST.get("_discard"):
        services.discard_draft(actor=request.actor, form=key)
        return HttpResponse(status=204)
    at = clock.now()
    services.save_draft(actor=request.actor, at=at, form=key, fields=typed_fields(request))
    return JsonResponse({"saved_at": formats.hour(at)})
