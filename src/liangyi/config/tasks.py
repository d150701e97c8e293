"""Jobs of the machine itself."""

from __future__ import annotations

from django.conf import settings

from liangyi.config.archive.backup import back_up, remove_old
from liangyi.platform import clock, jobs

KEPT_BACKUPS = 14


@jobs.periodic("30 2 * * *")
def back_up_nightly() -> None:
    """A backup into HOME/backups every night; the last fourteen stay."""
    at = clock.now()
    folder = settings.HOME / "backups"
    back_up(folder / at.strftime("%Y%m%d-%H%M%S"), at=at)
    remove_old(folder, keep=KEPT_BACKUPS)
