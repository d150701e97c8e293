"""What a clause sets: `{% load clause_parameters %}{% clause_parameters clause %}` wherever one is shown."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.context import Context

from liangyi.domains.governance.models import Clause
from liangyi.platform import clock
from liangyi.platform.clock import HOME_ZONE, local_day
from liangyi.web.governance.pages.parameters import rows_of_clause, settable_matches

register = template.Library()


@register.inclusion_tag("governance/parameters/of_clause.html", takes_context=True)
def clause_parameters(context: Context, clause: Clause) -> dict[str, Any]:
    """The values, with their states and what other clauses say, and the controls it may set more of;
    nothing where there is neither."""
    actor, today = context["request"].actor, local_day(clock.now(), HOME_ZONE)
    matches = settable_matches(actor, clause.identity)
    return {"rows": rows_of_clause(actor, clause.identity, today), "matches": matches}
