"""Pieces of SQL that several reads share, and their rows as the facts of lower domains' rules."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID

from liangyi.domains.organisation.rules import LicenceFacts
from liangyi.domains.staff.rules import CredentialFacts, PractitionerFacts, PrivilegeFacts
from liangyi.platform.controls.catalogue import controls
from liangyi.platform.controls.parameters import Span, Step, course


def minutes(column: str) -> str:
    """A time column as minutes after midnight, a timestamp column as minutes since 1970."""
    return f"floor(extract(epoch FROM {column}) / 60)::int"


def credentials(since: str) -> str:
    """The certificates of st that end on or after a day."""
    return f"""(SELECT json_agg(json_build_array(c.id, c.kind, c.number, c.issued_on, c.valid_to,
  c.revoked_on,
  (SELECT json_agg(w.site_id) FROM staff_credentialsite w WHERE w.credential_id = c.id), c.subjects))
 FROM staff_credential c WHERE c.staff_id = st.id AND (c.valid_to IS NULL OR c.valid_to >= {since}))"""  # noqa: S608 put together from constants


def privileges(since: str) -> str:
    """What st is authorised to do of service v, as far as it ends on or after a day."""
    return f"""(SELECT json_agg(json_build_array(g.valid_from, g.valid_to, g.suspended_on))
 FROM staff_privilege g
 WHERE v.needs_privilege AND g.staff_id = st.id AND g.service_id = v.id AND g.valid_to >= {since})"""  # noqa: S608 put together from constants


def parameter_value(control: str, name: str, day: str) -> str:
    """The value of a control's parameter at site s on a day, as `controls.queries.parameter` finds it: site
    over group, the newest; null where only the default holds."""
    return f"""(SELECT value FROM controls_parametervalue
 WHERE control = '{control}' AND parameter = '{name}' AND (site_id = s.id OR site_id IS NULL)
  AND effective_from <= {day} AND (effective_to IS NULL OR effective_to >= {day})
 ORDER BY site_id IS NULL, effective_from DESC LIMIT 1)"""  # noqa: S608 put together from constants


def parameter_course(control: str, name: str) -> str:
    """Every value of a control's parameter at site s and in the group: the rows of `course_of`."""
    return f"""(SELECT json_agg(json_build_array(value, effective_from, effective_to, site_id IS NOT NULL))
 FROM controls_parametervalue
 WHERE control = '{control}' AND parameter = '{name}' AND (site_id = s.id OR site_id IS NULL))"""  # noqa: S608 put together from constants


def course_of(rows: Iterable[Any] | None, control: str, name: str, since: date) -> tuple[Step, ...]:
    """The rows of `parameter_course` as what holds from a day on."""
    spans = [Span(value, day(first), day_or_none(last), own) for value, first, last, own in rows or ()]
    return course(spans, controls()[control].defaults()[name], since)


def whole_number(value: Any, control: str, name: str) -> int:
    """A `parameter_value`, or the default."""
    found = json_value(value)
    return int(controls()[control].defaults()[name] if found is None else found)


LICENCES = """(SELECT json_agg(json_build_array(l.number, l.category, l.max_level, l.subjects,
 l.valid_from, l.valid_to)) FROM organisation_licence l WHERE l.site_id = s.id)"""


def licence_facts(rows: Iterable[Any] | None) -> tuple[LicenceFacts, ...]:
    """The rows of LICENCES."""
    return tuple(
        LicenceFacts(number, category, level, frozenset(subjects), day(first), day(last))
        for number, category, level, subjects, first, last in rows or ()
    )


def person_facts(
    id: UUID,
    name: str,
    profession: str,
    left_on: date | None,
    papers: Iterable[Any] | None,
    granted: Iterable[Any] | None,
    service: UUID,
) -> PractitionerFacts:
    """A practitioner from the rows of `credentials` and `privileges`."""
    return PractitionerFacts(
        id=id,
        name=name,
        profession=profession,
        title="",
        left_on=left_on,
        credentials=tuple(_credential(*row) for row in papers or ()),
        privileges=tuple(
            PrivilegeFacts(service, day(first), day(last), day_or_none(suspended))
            for first, last, suspended in granted or ()
        ),
    )


def _credential(
    id: str,
    kind: str,
    number: str,
    issued: str,
    end: str | None,
    revoked: str | None,
    sites: list[str] | None,
    subjects: list[str],
) -> CredentialFacts:
    return CredentialFacts(
        id=UUID(id),
        kind=kind,
        number=number,
        issued_on=day(issued),
        valid_to=day_or_none(end),
        revoked_on=day_or_none(revoked),
        sites=frozenset(UUID(site) for site in sites or ()),
        subjects=frozenset(subjects),
    )


def day(text: str) -> date:
    """An ISO day."""
    return date.fromisoformat(text)


def day_or_none(text: str | None) -> date | None:
    """An ISO day, or None."""
    return date.fromisoformat(text) if text else None


def json_value(value: Any) -> Any:
    """A json column as Python values, whether or not the driver has read it already."""
    return json.loads(value) if isinstance(value, str | bytes) else value
