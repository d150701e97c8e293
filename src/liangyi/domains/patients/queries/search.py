"""Finds patients by what people type: part of a name, pinyin, a telephone's end, a number on paper."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from liangyi.domains.patients import rules
from liangyi.domains.patients.permissions import sites_visible_to
from liangyi.domains.patients.rules.indexing import site_mark
from liangyi.platform.actors import Actor
from liangyi.platform.phones import mask
from liangyi.platform.sealing import blind
from liangyi.platform.search.tokens import query_tokens
from liangyi.platform.statements import rows_of

MOST_TYPED = 60
MOST_HITS = 500

# The hits are collected first: an ORDER BY … LIMIT over the whole would make the planner walk the sort key.
# Plain SQL, because the search box asks with every key and building this with the ORM costs more than it.
_SEARCH = """WITH hit AS MATERIALIZED (
    SELECT id FROM patients_patient WHERE tokens @> %(tokens)s::varchar[] {visible} LIMIT {most}
),
owner AS (
    SELECT coalesce(p.canonical_id, p.id) AS id
    FROM patients_identitypaper i JOIN patients_patient p ON p.id = i.patient_id WHERE i.blind = %(blind)s
),
found AS (
    SELECT id, name, pinyin, sex, birth_date, phone FROM patients_patient
    WHERE id IN (
        SELECT id FROM hit
        UNION ALL SELECT p.id FROM owner JOIN patients_patient p USING (id) WHERE true {visible}
    )
    ORDER BY pinyin, id LIMIT %(limit)s
)
SELECT found.id, name, sex, birth_date, phone, coalesce(own.record_number, merged.record_number, '')
FROM found
LEFT JOIN LATERAL (
    SELECT record_number FROM patients_registration r WHERE r.patient_id = found.id {open_site}
    ORDER BY r.site_id = %(site)s::uuid DESC NULLS LAST, record_number LIMIT 1
) own ON true
LEFT JOIN LATERAL (
    SELECT record_number FROM patients_registration r JOIN patients_patient m ON m.id = r.patient_id
    WHERE m.canonical_id = found.id AND own.record_number IS NULL {open_site}
    ORDER BY r.site_id = %(site)s::uuid DESC NULLS LAST, record_number LIMIT 1
) merged ON true
ORDER BY pinyin, found.id"""
_EVERYWHERE = _SEARCH.format(most=MOST_HITS, visible="", open_site="")
_AT_SITES = _SEARCH.format(
    most=MOST_HITS, visible="AND tokens && %(marks)s::varchar[]", open_site="AND r.site_id = ANY(%(sites)s)"
)


@dataclass(frozen=True)
class PatientHit:
    """A patient as a list shows it: the telephone masked, the record number of the site looked from."""

    id: UUID
    name: str
    sex: str
    birth_date: date | None
    phone: str
    record_number: str


def patients_for_search(actor: Actor, text: str, limit: int = 20) -> list[PatientHit]:
    """Patients registered where the actor may look, by name, at most `limit`; one statement.

    Merged and pseudonymous records are never found: their surviving record is, by everything known of
    either. An identity number is found when typed as a whole.
    """
    sites = sites_visible_to(actor)
    typed = text.strip()[:MOST_TYPED]
    tokens = query_tokens(typed)
    if sites == [] or not tokens:
        return []
    params: dict[str, Any] = {
        "tokens": tokens,
        "blind": blind(rules.bare_number(typed)) if rules.may_be_a_paper_number(typed) else "",
        "limit": limit,
        "site": actor.site,
    }
    if sites is not None:
        params |= {"sites": sites, "marks": [site_mark(site) for site in sites]}
    rows = rows_of(_EVERYWHERE if sites is None else _AT_SITES, params)
    return [
        PatientHit(pk, name, sex, born, mask(phone), number) for pk, name, sex, born, phone, number in rows
    ]
