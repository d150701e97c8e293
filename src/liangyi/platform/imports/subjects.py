"""Imports as evidence names them."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from liangyi.platform import subjects
from liangyi.platform.actors import Actor
from liangyi.platform.imports.models import ImportRun

IMPORT_RUN = "imports.run"


def _labels(ids: Collection[UUID]) -> dict[UUID, str]:
    return {run.id: _label(run) for run in ImportRun.objects.filter(id__in=ids)}


def _label(run: ImportRun) -> str:
    if run.error:
        return _("%(file)s：未完成") % {"file": run.file}
    counts = {"file": run.file, "created": run.created, "rejected": run.rejected}
    if run.is_dry_run:
        return _("%(file)s：试算，可导入 %(created)d 行，不可 %(rejected)d 行") % counts
    return _("%(file)s：新增 %(created)d 行，未导入 %(rejected)d 行") % counts


def _may_see(actor: Actor, ids: Collection[UUID]) -> set[UUID]:
    rows = ImportRun.objects.filter(id__in=ids)
    if not actor.is_system:
        rows = rows.filter(Q(site=None) | Q(site__in=actor.grants))
    return set(rows.values_list("id", flat=True))


subjects.register(IMPORT_RUN, label=_labels, url=lambda _row_id: "", may_see=_may_see)
