"""What procedures will refuse, ask for and keep."""

from __future__ import annotations

from liangyi.domains.procedures.controls import before, during

__all__ = ["before", "during"]
