"""Finding a patient: the box on every page, and the list."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from liangyi.domains.patients import queries
from liangyi.domains.patients.permissions import VIEW
from liangyi.platform import clock
from liangyi.web.patients import pages
from liangyi.web.shell.page import Request, page

SHOWN = 20


@page(VIEW, methods=("GET", "POST"))
def search(request: Request) -> HttpResponse:
    """POST (the box): the hits as options. GET or a plain POST: a whole page of them."""
    typed = (request.POST if request.method == "POST" else request.GET).get("q", "").strip()
    hits = queries.patients_for_search(request.actor, typed, limit=SHOWN)
    today = clock.local_day(clock.now(), request.site.time_zone)
    context = {
        "typed": typed,
        "hits": [pages.hit_line(hit, today) for hit in hits],
        "is_full": len(hits) == SHOWN,
    }
    template = "patients/search_hits.html" if "HX-Request" in request.headers else "patients/search.html"
    return render(request, template, context)


@page(VIEW)
def patient_list(request: Request) -> HttpResponse:
    """The site's patients, newest first, narrowed by chips."""
    now = clock.now()
    today = clock.local_day(now, request.site.time_zone)
    narrowed = pages.list_filter(request.GET, now, today, queries.guardian_age(request.site.pk, today))
    rows = queries.patients_for_list(
        request.actor,
        request.site.pk,
        narrowed,
        on=today,
        after=request.GET.get("after", "")[:20].replace("\x00", ""),
        limit=pages.PAGE + 1,
    )
    context = {
        "rows": [pages.list_line(row, today) for row in rows[: pages.PAGE]],
        "next": rows[pages.PAGE - 1].record_number if len(rows) > pages.PAGE else "",
        "periods": [("today", _("今天登记")), ("week", _("近 7 天")), ("month", _("近 30 天"))],
        "gaps": [
            ("minor", _("未成年")),
            ("no_guardian", _("未成年无监护人")),
            ("no_privacy", _("缺隐私同意")),
        ],
        "is_narrowed": bool({"registered", "only"} & request.GET.keys()),
    }
    return render(request, "patients/list.html", context)
