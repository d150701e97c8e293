"""From the values that clauses set to what holds on each day. Pure.

A value counts on a day that lies within its own dates while its clause is in force. Of several on one day
the strictest wins; where values cannot be compared, the one that took effect last.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from liangyi.platform.controls.catalogue import Parameter
from liangyi.platform.controls.parameters import strictest, typed_value

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Claim:
    """What one approved setting says, from `first` to `last` (None: for good)."""

    setting: UUID
    value: Any
    first: date
    last: date | None
    decided_at: datetime

    def covers(self, day: date) -> bool:
        """Whether `day` lies within."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Period:
    """Days on which a clause is in force, both ends included; without `last` for good."""

    first: date
    last: date | None = None


def within(claim: Claim, periods: Iterable[Period]) -> list[Claim]:
    """The claim on the days its clause is in force, nothing on others."""
    found = []
    for period in periods:
        first = max(claim.first, period.first)
        last = earlier_of(claim.last, period.last)
        if last is None or first <= last:
            found.append(replace(claim, first=first, last=last))
    return found


def earlier_of(one: date | None, two: date | None) -> date | None:
    """The earlier of two ends, where None is no end."""
    ends = [end for end in (one, two) if end is not None]
    return min(ends) if ends else None


def prevailing(parameter: Parameter, claims: Sequence[Claim]) -> Claim | None:
    """Which of several claims on the same day holds; of equal ones that which was there first."""
    if not claims:
        return None
    if not parameter.stricter:
        return max(claims, key=lambda claim: (claim.first, claim.decided_at, claim.setting))
    best = strictest(parameter, [typed_value(parameter, claim.value) for claim in claims])
    equal = [claim for claim in claims if typed_value(parameter, claim.value) == best]
    return min(equal, key=lambda claim: (claim.first, claim.decided_at, claim.setting))


def daily(parameter: Parameter, claims: Sequence[Claim], since: date) -> list[Claim]:
    """What holds from `since` on: claims that do not overlap, in order, each cut to the days it prevails."""
    edges = {since}
    for claim in claims:
        edges.add(claim.first)
        if claim.last is not None:
            edges.add(claim.last + DAY)
    starts = sorted(edge for edge in edges if edge >= since)
    found: list[Claim] = []
    for place, first in enumerate(starts):
        last = starts[place + 1] - DAY if place + 1 < len(starts) else None
        holds = prevailing(parameter, [claim for claim in claims if claim.covers(first)])
        if holds is None:
            continue
        before = found[-1] if found else None
        if before is not None and before.setting == holds.setting and before.last == first - DAY:
            found[-1] = replace(before, last=last)
        else:
            found.append(replace(holds, first=first, last=last))
    return found


def overlap(one: Claim, first: date, last: date | None) -> bool:
    """Whether a claim and a span of days share a day."""
    return (last is None or one.first <= last) and (one.last is None or first <= one.last)
