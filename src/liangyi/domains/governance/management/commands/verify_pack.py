"""`liangyi verify_pack FILE [--fingerprint HEX]`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from liangyi.platform.documents.errors import Tampered
from liangyi.platform.documents.verification import Verified, verify_archive


class Command(BaseCommand):
    help = "Check an evidence pack byte by byte; needs no database and no key of ours."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--fingerprint", default="", help="the key's fingerprint as the clinic shows it")

    def handle(self, **options: Any) -> None:
        path, fingerprint = options["file"], options["fingerprint"]
        if not path.is_file():
            raise CommandError(f"{path} is not a file")
        try:
            found = verify_archive(path, fingerprint=fingerprint)
        except Tampered as problem:
            raise CommandError(f"NOT the pack that was signed. {problem}") from None
        self.stdout.write(_summary(found, is_compared=bool(fingerprint)))


def _summary(found: Verified, *, is_compared: bool) -> str:
    facts = found.manifest
    size = sum(one["size"] for one in facts["files"].values())
    lines = [
        "OK: every byte is as it was signed.",
        f"{facts.get('title')} · {facts.get('site', {}).get('name')}",
        f"{facts.get('period', {}).get('first')} to {facts.get('period', {}).get('last')}: "
        f"{facts.get('clauses')} clauses, {facts.get('controls')} controls, {facts.get('records')} records",
        f"made {facts.get('made_at')} by {facts.get('made_by')} with {facts.get('product')} "
        f"{facts.get('version')}; {len(facts['files'])} files, {size} bytes",
        f"key {found.fingerprint}",
    ]
    if not is_compared:
        lines.append(
            "Compare this fingerprint with the one the clinic shows: a pack signed anew by somebody else "
            "would pass without it (--fingerprint does it for you)."
        )
    return "\n".join(lines)
