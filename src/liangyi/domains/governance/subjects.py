"""Policies and clauses, as platform engines show them."""

from __future__ import annotations

from collections.abc import Collection
from uuid import UUID

from django.utils.translation import gettext as _

from liangyi.domains.governance.models import (
    Clause,
    Inspection,
    Pack,
    Policy,
    PolicyVersion,
    Receipt,
    Regulation,
    Setting,
)
from liangyi.domains.governance.permissions import VIEW, policies_visible_to
from liangyi.domains.governance.queries.inspecting import inspections_visible_to
from liangyi.domains.governance.queries.packs import packs_visible_to
from liangyi.domains.governance.queries.receipts import receipts_visible_to
from liangyi.platform import subjects
from liangyi.platform.actors import Actor
from liangyi.platform.controls.catalogue import controls

POLICY = "governance.policy"
CLAUSE = "governance.clause"
VERSION = "governance.version"
RECEIPT = "governance.receipt"
PACK = "governance.pack"
INSPECTION = "governance.inspection"
REGULATION = "governance.regulation"
SETTING = "governance.setting"
_SHOWN = 40


def _policy_labels(ids: Collection[UUID]) -> dict[UUID, str]:
    return dict(Policy.objects.filter(id__in=ids).values_list("id", "title"))


def _policies_seen(actor: Actor, ids: Collection[UUID]) -> Collection[UUID]:
    return set(policies_visible_to(actor).filter(id__in=ids).values_list("id", flat=True))


def _clause_labels(ids: Collection[UUID]) -> dict[UUID, str]:
    rows = Clause.objects.filter(id__in=ids).values_list("id", "version__policy__title", "number", "text")
    return {row: f"{title} {number} {text.strip()[:_SHOWN]}" for row, title, number, text in rows}


def _clauses_seen(actor: Actor, ids: Collection[UUID]) -> Collection[UUID]:
    seen = Clause.objects.filter(id__in=ids, version__policy__in=policies_visible_to(actor))
    return set(seen.values_list("id", flat=True))


def _version_labels(ids: Collection[UUID]) -> dict[UUID, str]:
    rows = PolicyVersion.objects.filter(id__in=ids).values_list("id", "policy__title", "number")
    return {
        row: _("%(title)s 第 %(number)s 版") % {"title": title, "number": number}
        for row, title, number in rows
    }


def _versions_seen(actor: Actor, ids: Collection[UUID]) -> Collection[UUID]:
    seen = PolicyVersion.objects.filter(id__in=ids, policy__in=policies_visible_to(actor))
    return set(seen.values_list("id", flat=True))


def _receipt_labels(ids: Collection[UUID]) -> dict[UUID, str]:
    rows = Receipt.objects.filter(id__in=ids).values_list(
        "id", "version__policy__title", "account__display_name"
    )
    return {row: f"{title} · {name}" for row, title, name in rows}


def _receipts_seen(actor: Actor, ids: Collection[UUID]) -> Collection[UUID]:
    return set(receipts_visible_to(actor).filter(id__in=ids).values_list("id", flat=True))


def _regulation_labels(ids: Collection[UUID]) -> dict[UUID, str]:
    return dict(Regulation.objects.filter(id__in=ids).values_list("id", "title"))


def _regulations_seen(actor: Actor, ids: Collection[UUID]) -> Collection[UUID]:
    return set(ids) if actor.may(VIEW) else set()


def _pack_labels(ids: Collection[UUID]) -> dict[UUID, str]:
    return dict(Pack.objects.filter(id__in=ids).values_list("id", "title"))


def _packs_seen(actor: Actor, ids: Collection[UUID]) -> Collection[UUID]:
    return set(packs_visible_to(actor).filter(id__in=ids).values_list("id", flat=True))


subjects.register(PACK, label=_pack_labels, url=lambda row: f"/policies/packs/{row}/", may_see=_packs_seen)
subjects.register(POLICY, label=_policy_labels, url=lambda row: f"/policies/{row}/", may_see=_policies_seen)
subjects.register(
    CLAUSE, label=_clause_labels, url=lambda row: f"/policies/clauses/{row}/", may_see=_clauses_seen
)
subjects.register(
    VERSION, label=_version_labels, url=lambda row: f"/policies/versions/{row}/", may_see=_versions_seen
)
subjects.register(
    RECEIPT, label=_receipt_labels, url=lambda row: f"/policies/to-read/{row}/", may_see=_receipts_seen
)


def _setting_labels(ids: Collection[UUID]) -> dict[UUID, str]:
    rows = Setting.objects.filter(id__in=ids).values_list(
        "id", "match__control", "parameter", "value", "match__policy__title", "match__clause__number"
    )
    return {
        row: f"{named(control, name)} {value}（{title} {number}）"
        for row, control, name, value, title, number in rows
    }


def _settings_seen(actor: Actor, ids: Collection[UUID]) -> Collection[UUID]:
    seen = Setting.objects.filter(id__in=ids, match__policy__in=policies_visible_to(actor))
    return set(seen.values_list("id", flat=True))


def named(control: str, parameter: str) -> str:
    """What a parameter is called; its code once it has left the product."""
    declared = controls().get(control)
    titles = {each.name: each.title for each in declared.parameters} if declared else {}
    return str(titles.get(parameter, parameter))


subjects.register(
    SETTING,
    label=_setting_labels,
    url=lambda row: f"/policies/parameters/settings/{row}/",
    may_see=_settings_seen,
)
subjects.register(
    REGULATION,
    label=_regulation_labels,
    url=lambda row: f"/policies/laws/{row}/",
    may_see=_regulations_seen,
)


def _inspection_labels(ids: Collection[UUID]) -> dict[UUID, str]:
    rows = Inspection.objects.filter(id__in=ids).values_list("id", "organisation", "account__display_name")
    return {row: f"{organisation} · {name}" for row, organisation, name in rows}


def _inspections_seen(actor: Actor, ids: Collection[UUID]) -> Collection[UUID]:
    return set(inspections_visible_to(actor).filter(id__in=ids).values_list("id", flat=True))


subjects.register(
    INSPECTION,
    label=_inspection_labels,
    url=lambda row: f"/policies/inspections/{row}/",
    may_see=_inspections_seen,
)
