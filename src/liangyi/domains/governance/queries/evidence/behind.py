"""The clauses in force that stand behind a control: what a refusal serves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from liangyi.domains.governance.queries.evidence.shapes import rows_of

_BEHIND = """
SELECT m.control, p.title, c.number, c.id, c.text
FROM governance_match m
JOIN governance_clause c ON c.identity = m.identity AND c.kind IN ('obligation', 'prohibition')
JOIN governance_policyversion v ON v.id = c.version_id AND v.state = 'released'
JOIN governance_policy p ON p.id = v.policy_id
WHERE m.control = ANY(%s) AND m.state = 'confirmed' ORDER BY m.control, p.id, c.position"""


@dataclass(frozen=True)
class ClauseRef:
    """A clause by its policy and number."""

    policy: str
    number: str
    clause: UUID
    text: str

    @property
    def url(self) -> str:
        """Its page."""
        return f"/policies/clauses/{self.clause}/"


def clauses_behind(codes: Collection[str]) -> dict[str, list[ClauseRef]]:
    """The clauses in force that are tied to each control, in the order of their texts. One statement.

    Titles and numbers are what everybody must go by; whether a reader may open the page, the page asks.
    """
    found: dict[str, list[ClauseRef]] = defaultdict(list)
    if codes:
        for control, policy, number, clause, text in rows_of(_BEHIND, [sorted(codes)]):
            found[control].append(ClauseRef(policy, number, clause, text.strip()))
    return {code: found.get(code, []) for code in codes}
