"""Who may look into history and into the log of sensitive reads."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from liangyi.platform.access.registry import declare

VIEW_HISTORY = "audit.view_history"
VIEW_READS = "audit.view_reads"

declare(VIEW_HISTORY, _("查看变更历史"), roles=("quality", "director", "admin"))
declare(VIEW_READS, _("查看敏感信息查阅记录"), roles=("quality", "director", "admin"))
