"""`liangyi import_policy FILE… [--dry-run] [--json] [--title TITLE] [--policy ID]`."""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from liangyi.domains.governance import services
from liangyi.domains.governance.enums import ClauseKind
from liangyi.domains.governance.rules.matching import Proposal, proposals_of
from liangyi.domains.governance.rules.reading import Reading
from liangyi.domains.governance.rules.reviewing import NONE
from liangyi.platform import actors, clock
from liangyi.platform.errors import LiangyiError


class Command(BaseCommand):
    """Read policy files and keep them as policies."""

    help = "Policies from .txt, .docx or .pdf files (with text): cleaned and cut into clauses."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The files, and what to do with them."""
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="read and report, keep nothing")
        parser.add_argument("--json", action="store_true", help="the clauses as JSON")
        parser.add_argument(
            "--title", default="", help="the policy's title; default: its own, or the file's name"
        )
        parser.add_argument(
            "--policy", type=UUID, help="bring the file in as the next version of this policy"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        """Read every file before any is kept: one that cannot be read keeps all of them out."""
        files: list[Path] = options["files"]
        if len(files) > 1 and (options["policy"] or options["title"]):
            raise CommandError("--title and --policy go with a single file")
        contents = {file: _content(file) for file in files}
        readings = {file: _reading(file, content) for file, content in contents.items()}
        if not options["dry_run"]:
            for file, content in contents.items():
                _keep(file, content, options)
        if options["json"]:
            documents = [_document(file, reading, options["title"]) for file, reading in readings.items()]
            self.stdout.write(json.dumps({"documents": documents}, ensure_ascii=False, indent=2))
            return
        for file, reading in readings.items():
            self.stdout.write(_summary(file, reading, options["title"]))


def _content(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise CommandError(f"{file}: {error.strerror}") from error


def _reading(file: Path, content: bytes) -> Reading:
    try:
        return services.read_policy(file.name, content)
    except LiangyiError as error:
        raise CommandError(f"{file}: {error}") from error


def _keep(file: Path, content: bytes, options: Mapping[str, Any]) -> None:
    try:
        services.import_policy(
            actor=actors.system("import_policy"),
            at=clock.now(),
            content=content,
            filename=file.name,
            title=options["title"],
            policy=options["policy"],
        )
    except LiangyiError as error:
        raise CommandError(f"{file}: {error}") from error


def _document(file: Path, reading: Reading, title: str) -> dict[str, Any]:
    """One document of the JSON; `controls` are the proposals for obligations and prohibitions."""
    found = proposals_of(reading)
    return {
        "file": file.name,
        "title": services.title_for(reading, file.name, title),
        "clauses": [
            {
                "number": clause.number,
                "path": list(clause.path),
                "text": clause.text,
                "kind": clause.kind.value,
                "controls": _controls(found.get(clause.number, ())),
            }
            for clause in reading.clauses
        ],
    }


def _controls(found: Sequence[Proposal]) -> list[dict[str, Any]]:
    """The controls that could carry a clause out, best first; none where most likely none fits."""
    if not found or found[0].control == NONE:
        return []
    return [{"code": one.control, "score": round(one.score, 3)} for one in found if one.control != NONE]


def _summary(file: Path, reading: Reading, title: str) -> str:
    counts = "，".join(
        f"{ClauseKind(kind.value).label} {count}" for kind, count in reading.counts.items() if count
    )
    broken = sum(clause.is_broken for clause in reading.clauses)
    parts = [f"{file.name}：{services.title_for(reading, file.name, title)}", counts]
    parts.append(_("去掉注音 %(n)d 处") % {"n": reading.cleaned.glosses_removed})
    if broken:
        parts.append(_("有缺字的条款 %(n)d") % {"n": broken})
    if reading.clauses[-1].is_incomplete:
        parts.append(_("末条未完"))
    return "；".join(parts)
