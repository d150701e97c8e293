"""Every read of scheduling."""

from __future__ import annotations

from liangyi.domains.scheduling.queries.slots import FreeSlot, alternatives, free_slots

__all__ = ["FreeSlot", "alternatives", "free_slots"]
