"""Values of parameters, verdicts and breaches."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Q

from liangyi.platform.clock import HOME_ZONE, local_day
from liangyi.platform.controls.catalogue import Control, controls
from liangyi.platform.controls.models import ParameterValue


def settings_for(of: Iterable[Control], site: UUID | None, at: datetime | date) -> dict[str, dict[str, Any]]:
    """The values of all parameters of these controls at `site` and time, by control code: site over
    group over default. One statement, none where no control has parameters."""
    values = {control.code: control.defaults() for control in of}
    for row in _values_in_force([code for code, found in values.items() if found], site, at):
        if row.parameter in values[row.control]:
            values[row.control][row.parameter] = row.value
    return values


def parameter(control_code: str, name: str, site: UUID | None = None, on: date | None = None) -> Any:
    """One value in force; KeyError for a parameter that the control does not have."""
    return settings_for([controls()[control_code]], site, on or date.max)[control_code][name]


def _values_in_force(codes: list[str], site: UUID | None, at: datetime | date) -> Iterable[ParameterValue]:
    """Weakest first, so that the last one of a parameter wins."""
    if not codes:
        return ()
    day = local_day(at, HOME_ZONE) if isinstance(at, datetime) else at
    found = ParameterValue.objects.filter(
        Q(site=None) | Q(site=site), control__in=codes, effective_from__lte=day
    )
    return sorted(found, key=lambda row: (row.site_id is not None, row.effective_from))
