"""Reading policies, and what is tied to their clauses."""

from __future__ import annotations

from liangyi.domains.governance.queries.reading import (
    PAGE,
    ClausePair,
    clause_for,
    clauses_of,
    comparison,
    counts_of,
    import_for,
    imports_left_waiting,
    policies_for_list,
    policy_for,
    version_for,
    versions_of,
)

__all__ = [
    "PAGE",
    "ClausePair",
    "clause_for",
    "clauses_of",
    "comparison",
    "counts_of",
    "import_for",
    "imports_left_waiting",
    "policies_for_list",
    "policy_for",
    "version_for",
    "versions_of",
]
