"""`liangyi backup DIR`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from liangyi.config.archive.database import database_at_hand
from liangyi.config.archive.manifest import ArchiveError
from liangyi.config.archive.noted import back_up_noted
from liangyi.platform import clock


class Command(BaseCommand):
    help = "Write a backup (database and files, without the keys) into a new or empty folder."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, **options: Any) -> None:
        folder = options["folder"].absolute()
        try:
            with database_at_hand(alone=False):
                manifest = back_up_noted(folder, at=clock.now(), by_hand=True)
        except ArchiveError as error:
            raise CommandError(str(error)) from None
        self.stdout.write(f"{folder}: {', '.join(manifest.sha256)}")
        self.stdout.write(f"The backup is of no use without the data key {manifest.key}: keep it elsewhere.")
