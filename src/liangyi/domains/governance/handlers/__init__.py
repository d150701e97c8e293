"""Reactions to what happens below, one module for each part of the living policy."""

from __future__ import annotations

from liangyi.domains.governance.handlers import life, parameters

__all__ = ["life", "parameters"]
