"""What scheduling refuses, watches, keeps and counts, and what is still to come."""

from __future__ import annotations

from liangyi.domains.scheduling.controls import authority, gates, kept, planned, watches

__all__ = ["authority", "gates", "kept", "planned", "watches"]
