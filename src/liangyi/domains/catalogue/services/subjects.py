"""The 诊疗科目 that come with the product."""

from __future__ import annotations

from liangyi.domains.catalogue.models import Subject
from liangyi.domains.catalogue.rules import shipped_subjects
from liangyi.platform.actors import system
from liangyi.platform.audit.services import recorded


def sync_subjects() -> int:
    """Bring the rows in line with data/subjects.toml; how many changed. None is ever removed."""
    kept = {subject.code: subject for subject in Subject.objects.all()}
    changed = 0
    with recorded(system("migrate")):
        for row in shipped_subjects():
            subject = kept.get(row.code) or Subject(code=row.code)
            wanted = (row.name, row.name_en, row.source)
            if (subject.name, subject.name_en, subject.source) != wanted:
                subject.name, subject.name_en, subject.source = wanted
                subject.save()
                changed += 1
    return changed
