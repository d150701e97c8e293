"""Reading policies, and what is tied to their clauses."""

from __future__ import annotations

from liangyi.domains.governance.queries.kinds import KindSaid, kinds_said, other_clauses
from liangyi.domains.governance.queries.matching import (
    Reviewed,
    Word,
    controls_for_search,
    is_to_be_looked_at_again,
    matches_of,
    neighbours_of,
    review_state,
    reviewed_clauses,
    same_clause_in,
    standing_words,
    words_about,
)
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
    "KindSaid",
    "Reviewed",
    "Word",
    "clause_for",
    "clauses_of",
    "comparison",
    "controls_for_search",
    "counts_of",
    "import_for",
    "imports_left_waiting",
    "is_to_be_looked_at_again",
    "kinds_said",
    "matches_of",
    "neighbours_of",
    "other_clauses",
    "policies_for_list",
    "policy_for",
    "review_state",
    "reviewed_clauses",
    "same_clause_in",
    "standing_words",
    "version_for",
    "versions_of",
    "words_about",
]
