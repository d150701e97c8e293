"""Nightly work on people's records."""

from __future__ import annotations

from liangyi.domains.staff.services import end_accounts_of_leavers
from liangyi.platform import clock, jobs
from liangyi.platform.actors import system


@jobs.periodic("10 0 * * *")
def end_leavers_accounts() -> None:
    """Whoever's last day was yesterday signs in no more."""
    end_accounts_of_leavers(actor=system("job:end_leavers_accounts"), at=clock.now())
