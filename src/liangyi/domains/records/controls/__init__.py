"""What records will keep, ask for and watch."""

from __future__ import annotations

from liangyi.domains.records.controls import charts, keeping

__all__ = ["charts", "keeping"]
