"""The values that policies have given to parameters: past, in force and to come."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet, Subquery

from liangyi.platform.controls.catalogue import Parameter, controls
from liangyi.platform.controls.models import ParameterValue
from liangyi.platform.controls.parameters import Span, Step, course, in_force, typed_value


def parameter_named(control: str, name: str) -> Parameter:
    """A declared parameter; KeyError where there is none."""
    return {parameter.name: parameter for parameter in controls()[control].parameters}[name]


def spans_of(rows: Iterable[ParameterValue]) -> tuple[Span, ...]:
    """Rows of one parameter as the rules know them."""
    return tuple(
        Span(
            typed_value(parameter_named(row.control, row.parameter), row.value),
            row.effective_from,
            row.effective_to,
            row.site_id is not None,
        )
        for row in rows
    )


def course_for(control: str, name: str, site: UUID | None, since: date) -> tuple[Step, ...]:
    """What holds at a site on `since` and from each later change on. One statement."""
    rows = _of_site(ParameterValue.objects.filter(control=control, parameter=name), site)
    return course(spans_of(rows), parameter_named(control, name).default, since)


def values_on(control: str, name: str, sites: Collection[UUID | None], day: date) -> dict[UUID | None, Any]:
    """What holds on one day at each of several sites. One statement."""
    default = parameter_named(control, name).default
    wanted = [site for site in sites if site is not None]
    rows = list(
        ParameterValue.objects.filter(
            Q(site=None) | Q(site__in=wanted), control=control, parameter=name, effective_from__lte=day
        )
    )
    found = {site: in_force(spans_of(r for r in rows if r.site_id in (None, site)), day) for site in sites}
    return {site: default if span is None else span.value for site, span in found.items()}


def values_for(codes: Collection[str], sites: Collection[UUID]) -> list[ParameterValue]:
    """Every value these controls' parameters ever had in the group and at these sites, and those to come,
    the newest first. One statement."""
    rows = ParameterValue.objects.filter(Q(site=None) | Q(site__in=sites), control__in=codes)
    return list(rows.select_related("site").order_by("-effective_from", "-id"))


def value_in_force(control: str, name: str, site: UUID | None, day: date) -> Subquery:
    """The value that a policy sets, to annotate a query with; null where only the default holds."""
    rows = ParameterValue.objects.filter(
        Q(effective_to=None) | Q(effective_to__gte=day),
        control=control,
        parameter=name,
        effective_from__lte=day,
    )
    newest = _of_site(rows, site).order_by(F("site").desc(nulls_last=True), "-effective_from")
    return Subquery(newest.values("value")[:1])


def or_default(control: str, name: str, found: Any) -> Any:
    """What `value_in_force` found, or the default."""
    declared = parameter_named(control, name)
    return declared.default if found is None else typed_value(declared, found)


def _of_site(rows: QuerySet[ParameterValue], site: UUID | None) -> QuerySet[ParameterValue]:
    return rows.filter(Q(site=None) | Q(site=site)) if site else rows.filter(site=None)
