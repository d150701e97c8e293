"""Words of the living policy."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class ClauseKind(models.TextChoices):
    """What a clause is; the values are those of `rules.pieces.Kind`."""

    HEADING = "heading", _("标题")
    PRINCIPLE = "principle", _("原则")
    OBLIGATION = "obligation", _("义务")
    PROHIBITION = "prohibition", _("禁止")
    DEFINITION = "definition", _("定义")
    NARRATIVE = "narrative", _("叙述")


class ImportState(models.TextChoices):
    """How far a deferred import has come."""

    WAITING = "waiting", _("排队中")
    DONE = "done", _("已导入")
    FAILED = "failed", _("未能导入")
