"""The codes of what audit lets people do; access declares them, because access stands above audit."""

from __future__ import annotations

VIEW_HISTORY = "audit.view_history"
VIEW_READS = "audit.view_reads"
