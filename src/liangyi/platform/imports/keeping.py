"""Every reading of a file leaves a row: which file, what became of it, by whom."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from uuid import UUID

from liangyi.platform.actors import Actor
from liangyi.platform.audit.services import recorded
from liangyi.platform.imports.models import ImportRun
from liangyi.platform.imports.report import ImportReport

LONGEST_ERROR = 300


def kept(
    run: Callable[[ImportReport], object],
    *,
    actor: Actor,
    at: datetime,
    site: UUID,
    what: str,
    path: Path,
    source: str,
    is_dry_run: bool,
) -> ImportReport:
    """Let `run` fill a report, and write down how it ended, also when it raised: that is raised on.

    `what` names what the rows become ("scheduling.appointment"). Whoever calls has asked for the right.
    """
    report = ImportReport(source, is_dry_run)
    sha256 = _sha256(path)
    error = ""
    try:
        run(report)
    except Exception as problem:
        error = str(problem).replace(str(path.parent), "…") or type(problem).__name__
        raise
    finally:
        with recorded(actor, reason="import"):
            ImportRun.objects.create(
                site_id=site,
                what=what,
                file=path.name[:200],
                sha256=sha256,
                source=source,
                is_dry_run=is_dry_run,
                rows=report.rows,
                created=report.created,
                unchanged=report.unchanged,
                rejected=report.rejected,
                error=error[:LONGEST_ERROR],
                by_id=actor.id if actor.kind == "staff" else None,
                at=at,
            )
    return report


def _sha256(path: Path) -> str:
    """The hash of a file that can be read; one that cannot is reported by whoever reads it."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""
