"""`liangyi load_regulations`."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from liangyi.domains.governance.services.laws import load_regulations
from liangyi.platform import actors, clock


class Command(BaseCommand):
    """Put the laws the product's own rules rest on upon the watch list."""

    help = "Load the shipped list of laws; what is on the list already stays as it is."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Running it again changes nothing."""
        loaded = load_regulations(actor=actors.system("command:load_regulations"), at=clock.now())
        self.stdout.write(
            _("新登记 %(added)s 部法规，%(known)s 部已在清单里")
            % {"added": loaded.added, "known": loaded.known}
        )
