"""How clauses are carried out: the register, the board, one clause, and the clauses behind a control."""

from __future__ import annotations

from liangyi.domains.governance.queries.evidence.behind import ClauseRef, clauses_behind
from liangyi.domains.governance.queries.evidence.board import Board, Part, board
from liangyi.domains.governance.queries.evidence.clause import (
    ClauseHealth,
    ControlHealth,
    clause_health,
    laws_behind,
)
from liangyi.domains.governance.queries.evidence.register import Filters, Register, RegisterRow, register_rows
from liangyi.domains.governance.queries.evidence.shapes import (
    NONE_FITS,
    UNREVIEWED,
    has_released,
    why_nothing,
)

__all__ = [
    "NONE_FITS",
    "UNREVIEWED",
    "Board",
    "ClauseHealth",
    "ClauseRef",
    "ControlHealth",
    "Filters",
    "Part",
    "Register",
    "RegisterRow",
    "board",
    "clause_health",
    "clauses_behind",
    "has_released",
    "laws_behind",
    "register_rows",
    "why_nothing",
]
