"""Working hours as people enter them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import time
from itertools import pairwise

from django.utils.translation import gettext_lazy as _

from liangyi.platform.errors import Invalid

Times = tuple[time, time]


def checked_hours(hours: Iterable[Times], field: str = "hours") -> list[Times]:
    """Hours of one day in order; raises Invalid where one ends before it starts or two overlap."""
    ordered = sorted(hours)
    if any(starts >= ends for starts, ends in ordered):
        raise Invalid({field: [_("下班时间须晚于上班时间")]})
    if any(former[1] > later[0] for former, later in pairwise(ordered)):
        raise Invalid({field: [_("同一天的时段不能重叠")]})
    return ordered


def checked_week(weekly: Mapping[int, Sequence[Times]]) -> dict[int, list[Times]]:
    """Hours by weekday (1 is Monday); days without hours are left out."""
    if any(weekday not in range(1, 8) for weekday in weekly):
        raise Invalid({"weekly": [_("星期须为 1 到 7")]})
    checked = {weekday: checked_hours(hours, "weekly") for weekday, hours in weekly.items()}
    return {weekday: hours for weekday, hours in sorted(checked.items()) if hours}
