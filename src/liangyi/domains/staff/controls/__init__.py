"""What staff watches and keeps, and what is still to come."""

from __future__ import annotations

from liangyi.domains.staff.controls import kept, planned
from liangyi.domains.staff.controls.privileges import PRIVILEGE_EXPIRING, privileges_expiring
from liangyi.domains.staff.controls.watches import EXPIRING, credentials_expiring

__all__ = [
    "EXPIRING",
    "PRIVILEGE_EXPIRING",
    "credentials_expiring",
    "kept",
    "planned",
    "privileges_expiring",
]
