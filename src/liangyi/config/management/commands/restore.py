"""`liangyi restore DIR`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser

from liangyi.config.archive.database import database_at_hand
from liangyi.config.archive.manifest import ArchiveError
from liangyi.config.archive.restore import restore


class Command(BaseCommand):
    help = "Put a backup into an empty database, or with --replace in place of what is there."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)
        parser.add_argument("--replace", action="store_true", help="give up the data that is there")

    def handle(self, **options: Any) -> None:
        folder = options["folder"].absolute()
        try:
            with database_at_hand(alone=True):
                manifest = restore(folder, replace=options["replace"])
                call_command("migrate", interactive=False, verbosity=0)
        except ArchiveError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"Restored: everything as of {manifest.made_at}.")
