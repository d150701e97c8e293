"""What scheduling refuses and watches."""

from __future__ import annotations

from liangyi.domains.scheduling.controls import gates, watches

__all__ = ["gates", "watches"]
