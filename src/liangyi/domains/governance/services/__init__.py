"""Every write of the living policy."""

from __future__ import annotations

from liangyi.domains.governance.services.importing import (
    PASTED,
    finish_import,
    import_policy,
    read_policy,
    start_import,
    title_for,
)

__all__ = ["PASTED", "finish_import", "import_policy", "read_policy", "start_import", "title_for"]
