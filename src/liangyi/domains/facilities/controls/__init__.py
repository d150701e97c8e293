"""What facilities watches and keeps, and what is still to come."""

from __future__ import annotations

from liangyi.domains.facilities.controls import kept, planned
from liangyi.domains.facilities.controls.watches import CALIBRATION_DUE, calibrations_due

__all__ = ["CALIBRATION_DUE", "calibrations_due", "kept", "planned"]
