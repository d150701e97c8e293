"""What the files need by themselves."""

from __future__ import annotations

from liangyi.platform import clock, jobs
from liangyi.platform.documents import files


@jobs.periodic("10 4 * * *")
def remove_strays() -> None:
    """Files that a transaction which never ended left behind."""
    files.remove_strays(clock.now())
