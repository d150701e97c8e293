"""`liangyi load_calendar FILE`: the State Council's notice, or the clinic's own days, as csv."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from liangyi.platform import actors
from liangyi.platform.errors import Invalid
from liangyi.platform.worklist.calendar_files import read_days
from liangyi.platform.worklist.schedule import load_calendar


class Command(BaseCommand):
    help = "Load working days and days off from a csv file with the columns day,is_working,name."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--source", default="", help="where the days come from, e.g. 国办发明电〔2026〕7号"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        file: Path = options["file"]
        try:
            rows = read_days(file.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError) as error:
            raise CommandError(f"{file}: {error}") from error
        except Invalid as invalid:
            lines = [str(text) for texts in invalid.fields.values() for text in texts]
            raise CommandError("\n".join(lines)) from invalid
        actor = actors.system("command:load_calendar")
        count = load_calendar(actor=actor, rows=rows, source=options["source"] or file.name)
        self.stdout.write(f"{count} days")
