"""Record numbers: one row per site counts, and its lock keeps them free of gaps."""

from __future__ import annotations

from django.db.models import F

from liangyi.domains.organisation.models import SiteProfile
from liangyi.domains.patients import rules
from liangyi.domains.patients.models import RecordNumbering
from liangyi.platform.access.models import Site

NO_CODE = "N"


def next_record_number(site: Site) -> str:
    """The site's next number. Others wait until this transaction ends; if it fails the number is not used."""
    numbering = _locked(site)
    numbering.last += 1
    numbering.save(update_fields=["last"])
    return rules.record_number(_code(site), numbering.last)


def next_pseudonym_numbers(site: Site, count: int) -> list[str]:
    """`count` numbers of the series for imported histories."""
    numbering = _locked(site)
    first = numbering.last_pseudonym + 1
    numbering.last_pseudonym = F("last_pseudonym") + count
    numbering.save(update_fields=["last_pseudonym"])
    code = _code(site)
    return [rules.pseudonym_number(code, number) for number in range(first, first + count)]


def _locked(site: Site) -> RecordNumbering:
    RecordNumbering.objects.bulk_create([RecordNumbering(site=site)], ignore_conflicts=True)
    return RecordNumbering.objects.select_for_update().get(site=site)


def _code(site: Site) -> str:
    return SiteProfile.objects.filter(site=site).values_list("code", flat=True).first() or NO_CODE
