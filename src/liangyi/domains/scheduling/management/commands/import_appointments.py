"""`liangyi import_appointments FILE --map MAP.toml [--site CODE] [--dry-run] [--json]`."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from liangyi.domains.scheduling.services.importing import import_history
from liangyi.platform import actors, clock
from liangyi.platform.access.models import Site
from liangyi.platform.errors import LiangyiError

MAPS = Path(__file__).parents[2] / "data" / "maps"


class Command(BaseCommand):
    """Bring in past appointments from a csv file by a map."""

    help = (
        "Past appointments from a csv file, as finished fact. --map is a TOML file, or the name of one that "
        f"comes with Liangyi: {', '.join(sorted(path.stem for path in MAPS.glob('*.toml')))}"
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The file, its map, and what to do."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--map", required=True, help="path or name of the map")
        parser.add_argument("--site", default="", help="code or name of the site; default: the oldest")
        parser.add_argument("--dry-run", action="store_true", help="read and report, bring nothing in")
        parser.add_argument("--json", action="store_true", help="the report as JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Import and print the report; a rejected row is no failure, an unusable file is."""
        try:
            report = import_history(
                actor=actors.system("import_appointments"),
                at=clock.now(),
                site=_site(options["site"]),
                path=options["file"],
                map_path=_map(options["map"]),
                is_dry_run=options["dry_run"],
            )
        except LiangyiError as error:
            raise CommandError(str(error)) from error
        as_json = json.dumps(report.as_json(), ensure_ascii=False, indent=2)
        self.stdout.write(as_json if options["json"] else report.as_text())


def _map(given: str) -> Path:
    path = Path(given)
    return path if path.exists() else MAPS / f"{path.stem}.toml"


def _site(wanted: str) -> Site:
    sites = Site.objects.filter(is_active=True).order_by("id")
    if wanted:
        sites = sites.filter(profile__code=wanted) | sites.filter(name=wanted)
    site = sites.first()
    if site is None:
        raise CommandError(_("没有这个院区") if wanted else _("还没有院区：请先完成首次设置"))
    return site
