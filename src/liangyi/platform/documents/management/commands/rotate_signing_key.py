"""`liangyi rotate_signing_key --reason TEXT`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from liangyi.platform import actors, clock
from liangyi.platform.documents import signing


class Command(BaseCommand):
    help = "Sign with a new key from now on; what older keys signed stays valid, and they stay listed."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--reason", required=True, help="why, for the history")

    def handle(self, **options: Any) -> None:
        reason = options["reason"].strip()
        if not reason:
            raise CommandError("--reason must say why")
        fresh = signing.rotate(actor=actors.system("operator"), at=clock.now(), reason=reason)
        self.stdout.write(f"packs are signed with the key {fresh.fingerprint} from now on")
