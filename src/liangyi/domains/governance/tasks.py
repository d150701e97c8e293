"""Jobs of the living policy."""

from __future__ import annotations

from uuid import UUID

from liangyi.domains.governance import queries, services
from liangyi.domains.governance.queries.packs import packs_left
from liangyi.domains.governance.services import laws, life, packing, receipts, renewing
from liangyi.platform import actors, clock, jobs

JOB = "job:finish_import"
PACK_JOB = "job:make_pack"


@jobs.task
def finish_import(id: str) -> None:
    """Read one policy that waits."""
    services.finish_import(actor=actors.system(JOB), at=clock.now(), waiting=UUID(id))


@jobs.periodic("*/5 * * * *")
def sweep_imports() -> None:
    """Read what a lost job left waiting."""
    for waiting in queries.imports_left_waiting(clock.now()):
        services.finish_import(actor=actors.system(JOB), at=clock.now(), waiting=waiting)


@jobs.periodic("1 * * * *")
def switch_versions() -> None:
    """Put in force what is due: at one past midnight, and every hour for what a rest at midnight missed."""
    life.switch_due_versions(actor=actors.system("job:switch_versions"), at=clock.now())


@jobs.periodic("20 0 * * *")
def ask_for_reading_and_review() -> None:
    """Ask those who are new to a role to read; open the reviews and the checks of laws that come near."""
    actor, at = actors.system("job:policies"), clock.now()
    receipts.ask_new_readers(actor=actor, at=at)
    renewing.open_due_reviews(actor=actor, at=at)
    laws.open_due_checks(actor=actor, at=at)


@jobs.task
def make_pack(id: str) -> None:
    """Make one evidence pack that was asked for."""
    packing.make_pack(actor=actors.system(PACK_JOB), at=clock.now(), pack=UUID(id))


@jobs.periodic("*/5 * * * *")
def sweep_packs() -> None:
    """Make what a lost job left, or a killed one half made."""
    for pack in packs_left(clock.now()):
        packing.make_pack(actor=actors.system(PACK_JOB), at=clock.now(), pack=pack)
