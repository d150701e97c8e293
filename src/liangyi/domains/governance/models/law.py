"""Laws and standards that are watched, and the clauses that answer them."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from liangyi.domains.governance.enums import RegulationState
from liangyi.domains.governance.models.reading import Policy
from liangyi.platform.audit.models import Record


class Regulation(Record):
    """A law, rule or standard of the watch list."""

    title = models.CharField(_("名称"), max_length=200)
    number = models.CharField(_("文号"), max_length=100, blank=True)
    issued_by = models.CharField(_("发布机关"), max_length=100, blank=True)
    jurisdiction = models.CharField(_("适用地域"), max_length=60, default="CN")
    state = models.CharField(_("效力"), max_length=10, choices=RegulationState.choices)
    effective_from = models.DateField(_("施行日期"), null=True, blank=True)
    source = models.CharField(_("来源"), max_length=300, blank=True)
    check_months = models.PositiveSmallIntegerField(_("查新周期（月）"), default=6)
    checked_on = models.DateField(_("上次查新"), null=True, blank=True)
    note = models.TextField(_("备注"), blank=True)

    class Meta(Record.Meta):
        constraints = [models.UniqueConstraint(fields=["title", "number"], name="governance_regulation_once")]

    def __str__(self) -> str:
        return self.title


class RegulationLink(Record):
    """A clause that carries an article of a regulation into the house."""

    regulation = models.ForeignKey(Regulation, models.CASCADE, related_name="links")
    article = models.CharField(_("条文"), max_length=60, blank=True)
    policy = models.ForeignKey(Policy, models.CASCADE, related_name="+")
    identity = models.UUIDField(_("条款"))

    class Meta(Record.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["regulation", "article", "identity"], name="governance_regulation_link_once"
            )
        ]
        indexes = [models.Index(fields=["identity"], name="governance_link_clause")]
