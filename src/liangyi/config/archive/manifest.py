"""What a backup says about itself: when, from what, with which key, and the hash of every file in it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

FORMAT = 1
NAME = "manifest.json"


class ArchiveError(Exception):
    """A backup that cannot be made or used; the text says why and what to do."""


@dataclass(frozen=True)
class Manifest:
    """`dump_major` is the PostgreSQL version of the dump's writer; `key` tells data keys apart."""

    made_at: str
    server_major: int
    dump_major: int
    key: str
    migrations: list[str]
    sha256: dict[str, str]
    format: int = FORMAT

    def write(self, folder: Path) -> None:
        """Write it beside what it describes, last of all."""
        (folder / NAME).write_text(json.dumps(asdict(self), indent=1, sort_keys=True) + "\n")


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a backup; raises ArchiveError where there is none, or one we do not understand."""
    try:
        content = json.loads((folder / NAME).read_text())
    except (OSError, ValueError):
        raise ArchiveError(f"{folder} is no backup of Liangyi: it has no readable {NAME}") from None
    if content.get("format") != FORMAT:
        raise ArchiveError(
            f"{folder} was made by another Liangyi: format {content.get('format')}, not {FORMAT}"
        )
    try:
        return Manifest(**content)
    except TypeError:
        raise ArchiveError(f"{folder / NAME} is damaged") from None


def check_files(folder: Path, manifest: Manifest) -> None:
    """Raise ArchiveError unless every file is there and is what it was."""
    for name, wanted in manifest.sha256.items():
        path = folder / name
        if not path.is_file():
            raise ArchiveError(f"{path} is missing from the backup")
        if sha256_of(path) != wanted:
            raise ArchiveError(f"{path} is damaged: its hash is not the manifest's")


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's content, in hex."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
