"""The age below which a guardian decides: the law's, or a higher one that the clinic's policy sets."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Subquery

from liangyi.platform.controls.queries import parameter
from liangyi.platform.controls.values import or_default, value_in_force

# A parameter of the gate that refuses a booking without a guardian: one number for desk, record and booking.
GUARDIAN_AGE = ("scheduling.minor_has_guardian", "age")


def guardian_age(site: UUID | None, on: date) -> int:
    """The age at a site (or in the group) on a day. One statement."""
    return int(parameter(*GUARDIAN_AGE, site, on))


def set_age(site: UUID | None, on: date) -> Subquery:
    """The same, to annotate a query with; see `known_age`."""
    return value_in_force(*GUARDIAN_AGE, site, on)


def known_age(found: Any) -> int:
    """What `set_age` found."""
    return int(or_default(*GUARDIAN_AGE, found))
