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
from liangyi.domains.governance.services.kinds import say_kind
from liangyi.domains.governance.services.matching import (
    clear_match,
    confirm_again,
    confirm_none,
    decide_match,
    restore_matches,
)

__all__ = [
    "PASTED",
    "clear_match",
    "confirm_again",
    "confirm_none",
    "decide_match",
    "finish_import",
    "import_policy",
    "read_policy",
    "restore_matches",
    "say_kind",
    "start_import",
    "title_for",
]
