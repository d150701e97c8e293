"""An evidence pack of two hundred clauses over one year: how long, how large, how much memory.

    LIANGYI_DATABASE_URL=… LIANGYI_HOME=… python -m benchmarks.packing [--verdicts 40000] …

Fills the database it is pointed at with a site of its own, through the ordinary triggers, so that every
record has its history; give it one that may be thrown away.
"""

from __future__ import annotations

import argparse
import os
import resource
import sys
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from benchmarks.report import circumstances

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liangyi.config.settings")
TEXT = "第{0}条 医务人员应当在规定时间内完成第{0}项工作并记录，不得遗漏。\n"
AT_ONCE = 5_000


@dataclass(frozen=True)
class Made:
    """A pack, and what making and verifying it took."""

    clauses: int
    controls: int
    records: int
    seconds: float
    own_seconds: float
    megabytes: float
    more_memory: float
    verified_in: float


def main() -> None:
    """Fill, make, verify, print."""
    import django

    django.setup()
    options = _options()
    made = _made(options.clauses, options.verdicts)
    if options.section:
        sys.stdout.write("\n".join([*circumstances(), "", _table(made)]) + "\n")
        return
    sys.stdout.write(
        f"{made.clauses} clauses, {made.controls} controls, {made.records:,} records of a year: "
        f"made in {made.seconds:.1f} s ({made.own_seconds:.1f} s our own work), "
        f"{made.megabytes:.1f} MB, {made.more_memory:.0f} MB more memory; "
        f"verified in {made.verified_in:.1f} s\n"
    )


def _options() -> Any:
    parser = argparse.ArgumentParser(prog="benchmarks.packing")
    parser.add_argument("--verdicts", type=int, default=40_000)
    parser.add_argument("--clauses", type=int, default=200)
    parser.add_argument("--section", action="store_true", help="print as `make bench` keeps it")
    return parser.parse_args()


def _table(made: Made) -> str:
    head = (
        "| clauses | controls | records of a year | s made | of it our own work | MB | MB more memory"
        " | s verified |"
    )
    row = (
        f"| {made.clauses} | {made.controls} | {made.records:,} | {made.seconds:.1f} | {made.own_seconds:.1f}"
        f" | {made.megabytes:.1f} | {made.more_memory:.0f} | {made.verified_in:.1f} |"
    )
    return "\n".join([head, "|" + " --- |" * 8, row])


def _made(clauses: int, verdicts: int) -> Made:
    from liangyi.domains.governance.services import packing
    from liangyi.platform import actors, clock
    from liangyi.platform.documents import files

    actor, at = actors.system("benchmark"), clock.now()
    pack = _asked(actor, at, _filled(actor, at, clauses, verdicts), clauses)
    before, began, worked = _memory(), time.perf_counter(), time.process_time()
    made = packing.make_pack(actor=actor, at=at, pack=pack)
    took, worked = time.perf_counter() - began, time.process_time() - worked
    if made.file is None or made.size is None:
        raise SystemExit(made.error)
    memory = _memory() - before
    try:
        facts, verified_in = _verified(made.file)
    finally:
        files.path_of(made.file.id).unlink()
    return Made(
        facts["clauses"],
        facts["controls"],
        facts["records"],
        took,
        worked,
        made.size / 2**20,
        memory,
        verified_in,
    )


def _verified(file: Any) -> tuple[Any, float]:
    """What the manifest says of the pack, and how long checking it took."""
    from liangyi.platform.documents import files
    from liangyi.platform.documents.verification import verify_archive

    whole = files.path_of(file.id).with_suffix(".zip")
    try:
        with whole.open("wb") as out:
            out.writelines(files.read(file))
        began = time.perf_counter()
        facts = verify_archive(whole).manifest
        return facts, time.perf_counter() - began
    finally:
        whole.unlink()


def _filled(actor: Any, at: datetime, clauses: int, verdicts: int) -> UUID:
    """A site with a policy, each clause tied to a control or two, and a year of verdicts."""
    from liangyi.platform.access.models import Site
    from liangyi.platform.audit.services import recorded

    with recorded(actor, reason="benchmark"):
        site = Site.objects.create(name=f"bench {at:%Y%m%d%H%M%S}").id
    _policy(actor, at, clauses)
    _verdicts(actor, at, site, verdicts)
    return site


def _policy(actor: Any, at: datetime, clauses: int) -> None:
    from liangyi.domains.governance import services
    from liangyi.domains.governance.models import Match
    from liangyi.domains.governance.rules.reviewing import match_id
    from liangyi.platform.audit.services import recorded
    from liangyi.platform.controls.catalogue import controls

    text = "".join(TEXT.format(number) for number in range(1, clauses + 1))
    version = services.import_policy(actor=actor, at=at, content=text.encode(), title="bench")
    codes = sorted(code for code, control in controls().items() if not control.planned)
    rows = [
        Match(
            id=match_id(clause.identity, code),
            policy_id=version.policy_id,
            identity=clause.identity,
            control=code,
            state="confirmed",
            clause=clause,
            decided_at=at,
        )
        for number, clause in enumerate(version.clauses.order_by("position"))
        for code in {codes[number % len(codes)], codes[number * 7 % len(codes)]}
    ]
    with recorded(actor, reason="benchmark"):
        Match.objects.bulk_create(rows)


def _verdicts(actor: Any, at: datetime, site: UUID, count: int) -> None:
    from liangyi.domains.scheduling import decisions
    from liangyi.platform.audit.services import recorded
    from liangyi.platform.controls.catalogue import gates_for
    from liangyi.platform.controls.models import Verdict

    kinds = (decisions.BookAppointment, decisions.CheckIn, decisions.StartVisit)
    codes = {kind: [gate.control.code for gate in gates_for(kind)] for kind in kinds}
    step = timedelta(days=364) / count
    for start in range(0, count, AT_ONCE):
        rows = [
            Verdict(
                decision=kinds[number % 3].__name__,
                at=at - number * step,
                site_id=site,
                actor_kind="staff",
                actor_name="bench",
                outcome="passed",
                passed=codes[kinds[number % 3]],
            )
            for number in range(start, min(start + AT_ONCE, count))
        ]
        with recorded(actor, reason="benchmark"):
            Verdict.objects.bulk_create(rows)


def _asked(actor: Any, at: datetime, site: UUID, clauses: int) -> UUID:
    from liangyi.domains.governance.models import Clause
    from liangyi.domains.governance.services import packing
    from liangyi.platform.clock import HOME_ZONE, local_day

    today = local_day(at, HOME_ZONE)
    newest = Clause.objects.filter(version__policy__title="bench").order_by("-version_id", "position")
    chosen = list(newest.values_list("id", flat=True)[:clauses])
    return packing.request_pack(
        actor=actor,
        at=at,
        site=site,
        title="bench",
        clauses=chosen,
        first_day=today - timedelta(days=364),
        last_day=today,
    ).id


def _memory() -> float:
    """The most this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
