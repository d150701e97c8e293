"""Which controls could carry out a clause."""

from __future__ import annotations

from liangyi.domains.governance.rules.matching.proposing import (
    LEAST,
    MOST,
    Proposal,
    current_index,
    index_of,
    proposals,
    proposals_of,
)

__all__ = ["LEAST", "MOST", "Proposal", "current_index", "index_of", "proposals", "proposals_of"]
