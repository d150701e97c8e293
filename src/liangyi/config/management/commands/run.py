"""`liangyi run`: start everything on this machine."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from liangyi.config.launch import Launch, RunError, run


class Command(BaseCommand):
    help = "Start the database, the web and the worker, and keep them running until Ctrl-C."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1", help="address to listen on (%(default)s)")
        parser.add_argument("--port", type=_port, default=8000, help="port to listen on (%(default)s)")
        parser.add_argument(
            "--demo", choices=("0", "1"), default="1", help="fill an empty database with the demo"
        )

    def handle(self, **options: Any) -> None:
        with_demo = options["demo"] == "1" and not settings.IS_PRODUCTION
        try:
            run(Launch(options["host"], options["port"], with_demo))
        except RunError as error:
            raise CommandError(str(error)) from None


def _port(raw: str) -> int:
    if not raw.isdigit() or not 0 < int(raw) < 65536:
        raise ValueError(raw)
    return int(raw)
