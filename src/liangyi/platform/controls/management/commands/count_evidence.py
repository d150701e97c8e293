"""`liangyi count_evidence`: the tallies of finished days, brought up to date or counted anew."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from liangyi.platform import clock
from liangyi.platform.controls.catalogue import controls
from liangyi.platform.controls.evidence import counting


class Command(BaseCommand):
    help = (
        "Count what controls did on finished days: what is missing, or with --from and --to those days anew, "
        "after records of them were corrected."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--from", dest="first", type=date.fromisoformat, help="first day, YYYY-MM-DD")
        parser.add_argument("--to", dest="last", type=date.fromisoformat, help="last day, YYYY-MM-DD")
        parser.add_argument("--control", action="append", help="only this control, by its code; repeatable")

    def handle(self, *_args: Any, **options: Any) -> None:
        first, last, codes = options["first"], options["last"], options["control"]
        unknown = set(codes or ()) - controls().keys()
        if unknown:
            raise CommandError(f"no such control: {', '.join(sorted(unknown))}")
        if (first is None) != (last is None) or (first and first > last):
            raise CommandError("--from and --to go together, the earlier day first")
        at = clock.now()
        behind = counting.count_finished_days(at)
        if first:
            counting.recount(at, first, last, codes)
        self.stdout.write(
            f"{behind} tallies brought up to date" + (f"; {first} to {last} counted anew" if first else "")
        )
