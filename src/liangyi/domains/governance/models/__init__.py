"""Policies as read, what their clauses are tied to, the law behind them, and what is shown to inspectors."""

from __future__ import annotations

from liangyi.domains.governance.models.law import Regulation, RegulationLink
from liangyi.domains.governance.models.life import (
    Attempt,
    Milestone,
    Question,
    ReadingDuty,
    Receipt,
    RegulationCheck,
)
from liangyi.domains.governance.models.matching import Match, Setting
from liangyi.domains.governance.models.reading import (
    Clause,
    Policy,
    PolicyImport,
    PolicySource,
    PolicyVersion,
)
from liangyi.domains.governance.models.showing import Inspection, Pack

__all__ = [
    "Attempt",
    "Clause",
    "Inspection",
    "Match",
    "Milestone",
    "Pack",
    "Policy",
    "PolicyImport",
    "PolicySource",
    "PolicyVersion",
    "Question",
    "ReadingDuty",
    "Receipt",
    "Regulation",
    "RegulationCheck",
    "RegulationLink",
    "Setting",
]
