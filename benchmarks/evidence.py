"""Policies and a year of verdicts, made by SQL: the register, the board and one clause's evidence."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from itertools import cycle
from typing import Any
from urllib.parse import urlencode

from django.db import connection

from benchmarks.scenarios import Ask, Prepared, Scenario
from liangyi.domains.scheduling import decisions
from liangyi.platform.controls.catalogue import Kind, controls, gates_for
from liangyi.platform.controls.evidence.counting import count_finished_days

CLAUSES = 5_000
A_POLICY = 250
VERDICTS = 1_000_000
DAYS = 365
_POLICIES = """
INSERT INTO governance_policy (id, title, review_months)
SELECT md5('policy' || n)::uuid, '制度 ' || n, 12 FROM generate_series(1, %(policies)s) n"""
_SOURCE = """
INSERT INTO governance_policysource (id, filename, sha256, content)
VALUES (md5('source')::uuid, 'bench.txt', '', '')"""
_VERSIONS = """
INSERT INTO governance_policyversion (id, policy_id, number, source_id, text, glosses_removed,
    furniture_removed, imported_at, state, effective_from, released_at)
SELECT md5('version' || n)::uuid, md5('policy' || n)::uuid, 1, md5('source')::uuid, '', 0, 0, now(),
       'released', current_date, now() FROM generate_series(1, %(policies)s) n"""
_CLAUSES = """
INSERT INTO governance_clause (id, version_id, identity, position, number, path, text, kind, is_broken,
    is_incomplete)
SELECT md5('clause' || n)::uuid, md5('version' || (n / %(each)s + 1))::uuid, md5('identity' || n)::uuid,
       n %% %(each)s, (n %% %(each)s)::text, jsonb_build_array('第' || n %% %(each)s / 25 || '章'),
       '第' || n || '条 医务人员应当在规定时间内完成并记录，不得遗漏。',
       CASE n %% 9 WHEN 0 THEN 'prohibition' ELSE 'obligation' END, false, false
FROM generate_series(0, %(clauses)s - 1) n"""
_MATCHES = """
INSERT INTO governance_match (id, policy_id, identity, control, state, clause_id, decided_at)
SELECT md5('match' || n || step)::uuid, md5('policy' || (n / %(each)s + 1))::uuid, md5('identity' || n)::uuid,
       (%(codes)s::text[])[1 + (n * 7 + step * 13) %% cardinality(%(codes)s::text[])], 'confirmed',
       md5('clause' || n)::uuid, now()
FROM generate_series(0, %(clauses)s - 1) n, generate_series(0, n %% 3) step ON CONFLICT DO NOTHING"""
_VERDICTS = """
INSERT INTO controls_verdict (id, decision, at, site_id, actor_kind, actor_name, subject_type, subject_id,
    outcome, passed, refusals)
SELECT gen_random_uuid(), %(decision)s, now() - n * (interval '1 day' * %(days)s / %(count)s), %(site)s,
       'staff', 'bench', '', NULL, CASE n %% 50 WHEN 0 THEN 'refused' ELSE 'passed' END,
       CASE n %% 50 WHEN 0 THEN %(rest)s::jsonb ELSE %(all)s::jsonb END,
       CASE n %% 50 WHEN 0 THEN %(refusal)s::jsonb ELSE '[]'::jsonb END
FROM generate_series(0, %(count)s - 1) n"""


class Evidence:
    """The quality manager at the reception's site, five thousand clauses and a million verdicts."""

    def __init__(self, at_desk: Prepared) -> None:
        self.site, self.now = at_desk.site, at_desk.now
        self.browser = at_desk.browser_of("quality")

    def scenarios(self) -> list[Scenario]:
        """What is measured; filled when it is first asked for, so that nothing before it is slowed."""
        count, verdicts = f"{CLAUSES:,} clauses", f"{VERDICTS:,} verdicts"
        return [
            Scenario(f"clause register, {count}", lambda: self._pages("/policies/register/"), alike=True),
            Scenario(
                f"clause register in breach, a year, {count}",
                lambda: self._pages("/policies/register/", health="in_breach", days="365"),
                alike=True,
            ),
            Scenario(
                f"policy board, a year, {count}",
                lambda: self._pages("/policies/board/", days="365"),
                alike=True,
            ),
            Scenario(f"evidence of one clause, a year, {verdicts}", self._clause, alike=True),
        ]

    def _pages(self, path: str, **asked: str) -> Iterator[Ask]:
        self._fill()
        query = urlencode({"site": str(self.site.pk), **asked})
        return cycle([Ask("GET", f"{path}?{query}", headers=self.browser)])

    def _clause(self) -> Iterator[Ask]:
        self._fill()
        clause = _one(
            "SELECT clause_id FROM governance_match WHERE control = %s ORDER BY id LIMIT 1", _gate()
        )
        return self._pages(f"/policies/clauses/{clause}/", days="365")

    def _fill(self) -> None:
        if _one("SELECT count(*) FROM governance_policysource WHERE id = md5('source')::uuid"):
            return
        began = time.perf_counter()
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            self._policies()
            self._verdicts()
            cursor.execute("SET session_replication_role = DEFAULT")
            cursor.execute("ANALYZE")
        filled = time.perf_counter()
        count_finished_days(self.now)
        done = time.perf_counter()
        sys.stderr.write(
            f"{VERDICTS:,} verdicts made in {filled - began:.0f} s; tallied in {done - filled:.1f} s\n"
        )

    def _policies(self) -> None:
        values: dict[str, Any] = {
            "policies": CLAUSES // A_POLICY,
            "each": A_POLICY,
            "clauses": CLAUSES,
            "codes": sorted(controls()),
        }
        with connection.cursor() as cursor:
            for sql in (_POLICIES, _SOURCE, _VERSIONS, _CLAUSES, _MATCHES):
                cursor.execute(sql, values)

    def _verdicts(self) -> None:
        asked = (decisions.BookAppointment, decisions.CheckIn, decisions.StartVisit)
        with connection.cursor() as cursor:
            for kind in asked:
                codes = [gate.control.code for gate in gates_for(kind)]
                cursor.execute(
                    _VERDICTS,
                    {
                        "decision": kind.__name__,
                        "days": DAYS,
                        "count": VERDICTS // len(asked),
                        "site": self.site.pk,
                        "all": json.dumps(codes),
                        "rest": json.dumps(codes[1:]),
                        "refusal": json.dumps([{"control": codes[0], "reason": "bench", "facts": {}}]),
                    },
                )


def _gate() -> str:
    """A gate that is asked at every booking."""
    codes = {gate.control.code for gate in gates_for(decisions.BookAppointment)}
    return min(code for code in codes if controls()[code].kind == Kind.GATE)


def _one(sql: str, *values: object) -> object:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)  # type: ignore[arg-type]  # plain values
        row = cursor.fetchone()
    return row[0] if row else None
