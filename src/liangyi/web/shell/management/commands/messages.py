"""`liangyi messages`: are all words there in all languages; add what is missing; compile."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from liangyi.web.shell.wording import catalogues


class Command(BaseCommand):
    """Checks, updates and compiles the catalogues of every app."""

    help = "Check (--check), update (--update) or compile (--compile) the words of the product."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check", action="store_true", help="fail if a string has no English, or English no string"
        )
        parser.add_argument(
            "--update", action="store_true", help="add missing strings to the English, drop left-over ones"
        )
        parser.add_argument("--app", default="", help="update only this one: web/shell, domains/patients")
        parser.add_argument(
            "--compile", action="store_true", help="write the .mo files, Traditional Chinese included"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if not (options["check"] or options["update"] or options["compile"]):
            raise CommandError("say --check, --update or --compile")
        if options["update"]:
            self.stdout.write(f"{catalogues.update(options['app'])} strings added or dropped")
        if options["check"] and (lines := catalogues.problems()):
            raise CommandError("\n".join([*lines, f"{len(lines)} problems"]))
        if options["compile"]:
            self.stdout.write(f"compiled the words of {catalogues.compile_all()} apps")
