"""Who sees the numbers, and who sets what they should be."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from liangyi.platform.access.registry import declare

VIEW = "measures.view"
SET_TARGET = "measures.set_target"

declare(VIEW, _("查看指标"), roles=("quality", "director", "reception"))
declare(SET_TARGET, _("设定指标目标"), roles=("quality", "director"))
