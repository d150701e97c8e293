"""Licences of a site: what it may do at all, and until when."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from liangyi.domains.organisation.enums import InstitutionCategory
from liangyi.domains.organisation.events import LicenceChanged
from liangyi.domains.organisation.models import Licence
from liangyi.domains.organisation.permissions import MANAGE
from liangyi.domains.organisation.rules import SLUG, Problems, allowed_level
from liangyi.platform import events
from liangyi.platform.access.models import Site
from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.errors import Missing


def add_licence(
    *,
    actor: Actor,
    at: datetime,
    site: UUID,
    number: str,
    category: str,
    max_level: int,
    subjects: Iterable[str],
    valid_from: date,
    valid_to: date,
) -> Licence:
    """Enter a site's licence (医疗机构执业许可证). Its level may not exceed what data/levels.toml allows."""
    actor.require(MANAGE, site)
    licence = Licence(
        site_id=site,
        number=number,
        category=category,
        max_level=max_level,
        subjects=list(subjects),
        valid_from=valid_from,
        valid_to=valid_to,
    )
    _check(licence)
    with recorded(actor):
        if not Site.objects.filter(id=site).exists():
            raise Missing()
        licence.save()
        events.publish(LicenceChanged(site, licence.id, at))
    return licence


def correct_licence(
    *,
    actor: Actor,
    at: datetime,
    licence: UUID,
    number: str,
    category: str,
    max_level: int,
    subjects: Iterable[str],
    valid_from: date,
    valid_to: date,
) -> Licence:
    """Put right what was entered wrongly. What changed by re-registration is renewed instead."""
    with recorded(actor):
        row = _locked(actor, licence)
        row.number, row.category, row.max_level = number, category, max_level
        row.subjects, row.valid_from, row.valid_to = list(subjects), valid_from, valid_to
        _check(row)
        row.save()
        events.publish(LicenceChanged(row.site_id, row.id, at))
    return row


def renew_licence(
    *,
    actor: Actor,
    at: datetime,
    licence: UUID,
    valid_to: date,
    number: str = "",
    valid_from: date | None = None,
) -> Licence:
    """A new licence with the category, level and subjects of the old, from the day after its end on."""
    with recorded(actor):
        old = _locked(actor, licence)
        renewed = Licence(
            site_id=old.site_id,
            number=number or old.number,
            category=old.category,
            max_level=old.max_level,
            subjects=list(old.subjects),
            valid_from=valid_from or old.valid_to + timedelta(days=1),
            valid_to=valid_to,
        )
        _check(renewed)
        renewed.save()
        events.publish(LicenceChanged(old.site_id, renewed.id, at))
    return renewed


def _locked(actor: Actor, licence: UUID) -> Licence:
    row = Licence.objects.select_for_update().filter(id=licence).first()
    if row is None:
        raise Missing()
    actor.require(MANAGE, row.site_id)
    return row


def _check(licence: Licence) -> None:
    problems = Problems()
    licence.number = problems.text("number", licence.number, most=40)
    problems.choice("category", licence.category, InstitutionCategory.values)
    licence.max_level = problems.number("max_level", licence.max_level, least=0, most=4)
    licence.subjects = sorted(set(licence.subjects))
    problems.check(bool(licence.subjects), "subjects", _("至少选择一个诊疗科目"))
    problems.check(all(SLUG.fullmatch(code) for code in licence.subjects), "subjects", _("请从列表中选择"))
    problems.period("valid_to", licence.valid_from, licence.valid_to)
    if "category" not in problems.found:
        _check_level(problems, licence)
    problems.done()


def _check_level(problems: Problems, licence: Licence) -> None:
    rule = allowed_level(licence.category, licence.subjects, licence.valid_to)
    allowed = rule.max_level if rule else 0
    if licence.max_level <= allowed:
        return
    facts = {
        "category": InstitutionCategory(licence.category).label,
        "allowed": allowed,
        "source": rule.source.partition(" [")[0] if rule else "卫办医政发〔2009〕220号",
    }
    problems.add("max_level", _("“%(category)s”按所选科目最高 %(allowed)d 级（%(source)s）") % facts)
