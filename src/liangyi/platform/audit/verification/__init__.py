"""Holding the database against its history, history against the chain, and the chain against the mirror."""

from __future__ import annotations

from liangyi.platform.audit.verification.findings import Finding, Report, Tail
from liangyi.platform.audit.verification.run import verify

__all__ = ["Finding", "Report", "Tail", "verify"]
