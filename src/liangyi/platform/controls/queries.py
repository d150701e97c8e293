"""Values of parameters, verdicts and breaches."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from liangyi.platform.actors import Actor
from liangyi.platform.clock import HOME_ZONE, local_day
from liangyi.platform.controls.catalogue import Control, controls
from liangyi.platform.controls.models import Breach, Verdict
from liangyi.platform.controls.parameters import typed_value
from liangyi.platform.controls.permissions import VIEW, breaches_visible_to, verdicts_visible_to
from liangyi.platform.controls.watches import BREACH_KIND
from liangyi.platform.errors import Missing
from liangyi.platform.statements import rows_of
from liangyi.platform.worklist.queries import open_items_for

PAGE = 50
_VALUES = """
SELECT control, parameter, value::text FROM controls_parametervalue
WHERE control = ANY(%(codes)s) AND (site_id IS NULL OR site_id = %(site)s) AND effective_from <= %(day)s
  AND (effective_to IS NULL OR effective_to >= %(day)s)
ORDER BY site_id IS NOT NULL, effective_from"""


def settings_for(of: Iterable[Control], site: UUID | None, at: datetime | date) -> dict[str, dict[str, Any]]:
    """The values of all parameters of these controls at `site` and time, by control code: site over
    group over default. One statement, none where no control has parameters."""
    declared = {control.code: {p.name: p for p in control.parameters} for control in of}
    values = {code: {p.name: p.default for p in found.values()} for code, found in declared.items()}
    asked = [code for code, found in values.items() if found]
    for control, name, value in _values_in_force(asked, site, at):
        if name in values[control]:
            values[control][name] = typed_value(declared[control][name], json.loads(value))
    return values


def parameter(control_code: str, name: str, site: UUID | None = None, on: date | None = None) -> Any:
    """One value in force; KeyError for a parameter that the control does not have."""
    return settings_for([controls()[control_code]], site, on or date.max)[control_code][name]


def _values_in_force(
    codes: list[str], site: UUID | None, at: datetime | date
) -> Iterable[tuple[str, str, str]]:
    """Control, parameter and value as JSON text: the weakest first, so that the last one wins."""
    if not codes:
        return ()
    day = local_day(at, HOME_ZONE) if isinstance(at, datetime) else at
    return rows_of(_VALUES, {"site": site, "codes": codes, "day": day})


def verdicts_for(
    actor: Actor, site: UUID, *, outcome: str = "", control: str = "", before: UUID | None = None
) -> list[Verdict]:
    """The PAGE + 1 first verdicts of a site, newest first: with one outcome, refused by one control."""
    found = verdicts_visible_to(actor).filter(site=site)
    if outcome:
        found = found.filter(outcome=outcome)
    if control:
        found = found.filter(refusals__contains=[{"control": control}])
    if before is not None:
        found = found.filter(id__lt=before)
    return list(found.order_by("-id")[: PAGE + 1])


def breaches_for(
    actor: Actor, site: UUID, *, is_open: bool = True, control: str = "", before: UUID | None = None
) -> list[Breach]:
    """The PAGE + 1 first breaches of a site and of the group as a whole, newest first."""
    found = breaches_visible_to(actor).filter(Q(site=site) | Q(site=None), closed_at__isnull=is_open)
    if control:
        found = found.filter(control=control)
    if before is not None:
        found = found.filter(id__lt=before)
    return list(found.order_by("-id")[: PAGE + 1])


def breach_for(actor: Actor, site: UUID, row: UUID) -> Breach:
    """A breach for whoever has open work on it, or may look at controls at their `site` and at the breach's.

    Denied for anybody else, whether there is such a breach or not; Missing for another site's.
    """
    found = Breach.objects.filter(id=row)
    own = open_items_for(actor).filter(kind=BREACH_KIND, subject_type="controls.breach", subject_id=row)
    if not own.exists():
        actor.require(VIEW, site)
        found = breaches_visible_to(actor).filter(id=row)
    breach = found.first()
    if breach is None:
        raise Missing()
    return breach
