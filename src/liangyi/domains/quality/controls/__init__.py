"""What quality will aim at, inspect, improve and prepare for."""

from __future__ import annotations

from liangyi.domains.quality.controls import checking, emergencies, improving, measuring

__all__ = ["checking", "emergencies", "improving", "measuring"]
