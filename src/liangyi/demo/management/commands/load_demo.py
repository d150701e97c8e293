"""`liangyi load_demo`: fill an empty database with the demo clinic."""

from __future__ import annotations

from argparse import ArgumentParser, ArgumentTypeError
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from liangyi.demo.loading import NotHere, load
from liangyi.demo.options import Options, moment_for
from liangyi.platform import clock
from liangyi.platform.errors import Invalid

HELP = """Fill an empty database with the demo clinic: two sites, staff, services, patients, a history.

The same seed and date make the same clinic. With --until the day board of that date stands at 14:50;
without, at the present moment."""


class Command(BaseCommand):
    help = HELP

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--patients", type=_within(10, 200_000, int), default=400, metavar="N")
        parser.add_argument("--years", type=_within(0.1, 10, float), default=1.0, metavar="Y")
        parser.add_argument("--seed", type=int, default=1, metavar="S")
        parser.add_argument("--until", type=_day, default=None, metavar="DATE", help="YYYY-MM-DD")

    def handle(self, *_args: Any, **given: Any) -> None:
        moment = moment_for(given["until"], clock.now())
        options = Options(given["patients"], given["years"], given["seed"], moment)
        self.last = -1
        try:
            loaded = load(options, self._tell)
        except NotHere as problem:
            raise CommandError(str(problem)) from None
        except Invalid as problem:
            raise CommandError(f"not accepted: {problem.fields}") from problem
        self._tell(100, f"{loaded.patients} patients, {loaded.appointments} appointments")
        self.stdout.write(f"accounts: {' '.join(loaded.accounts)}")

    def _tell(self, percent: int, what: str) -> None:
        if percent > self.last:
            self.last = percent
            self.stdout.write(f"{percent:3d} %  {what}")
            self.stdout.flush()


def _within(least: float, most: float, kind: type) -> Any:
    def check(text: str) -> Any:
        try:
            value = kind(text)
        except ValueError:
            raise ArgumentTypeError(f"{text} is not a number") from None
        if not least <= value <= most:
            raise ArgumentTypeError(f"between {least} and {most}")
        return value

    return check


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError(f"{text} is not a date YYYY-MM-DD") from None
